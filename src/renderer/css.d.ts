/** A style sheet beside its component; the bundler puts it into the page. */
declare module '*.css'
