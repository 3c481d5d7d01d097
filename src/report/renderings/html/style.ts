/** Every colour of the page: its name, then light, then dark. Nothing else names a colour. */
const tokens: ReadonlyArray<readonly [name: string, light: string, dark: string]> = [
  ['paper', 'oklch(99.2% 0.001 250)', 'oklch(18.5% 0.005 255)'],
  ['panel', 'oklch(96.8% 0.002 250)', 'oklch(22.5% 0.006 255)'],
  ['line', 'oklch(90.5% 0.003 250)', 'oklch(30% 0.006 255)'],
  ['line-strong', 'oklch(80% 0.004 250)', 'oklch(42% 0.008 255)'],
  ['ink', 'oklch(24% 0.01 255)', 'oklch(93% 0.004 255)'],
  ['ink-quiet', 'oklch(46% 0.01 255)', 'oklch(73% 0.008 255)'],
  ['ink-faint', 'oklch(62% 0.008 255)', 'oklch(57% 0.008 255)'],
  ['accent', 'oklch(50% 0.14 255)', 'oklch(76% 0.11 250)'],
  ['faster', 'oklch(56% 0.14 250)', 'oklch(70% 0.13 250)'],
  ['faster-ink', 'oklch(45% 0.14 255)', 'oklch(80% 0.1 245)'],
  ['slower', 'oklch(66% 0.16 55)', 'oklch(74% 0.14 60)'],
  ['slower-ink', 'oklch(50% 0.13 48)', 'oklch(83% 0.11 65)'],
  ['same', 'oklch(60% 0.005 255)', 'oklch(64% 0.005 255)'],
  ['rope', 'oklch(91% 0.004 255)', 'oklch(31% 0.006 255)'],
  ['bar', 'oklch(80% 0.085 var(--hue))', 'oklch(50% 0.085 var(--hue))'],
  ['bar-soft', 'oklch(89% 0.045 var(--hue))', 'oklch(39% 0.055 var(--hue))'],
  ['bar-edge', 'oklch(62% 0.11 var(--hue))', 'oklch(66% 0.11 var(--hue))'],
  ['frame', 'oklch(90.5% 0.004 255)', 'oklch(33% 0.006 255)'],
]

const face = 'Inter,"Segoe UI",-apple-system,BlinkMacSystemFont,"Helvetica Neue","Liberation Sans",Arial,sans-serif'
const code = 'ui-monospace,"SF Mono","Cascadia Mono","Liberation Mono","DejaVu Sans Mono",monospace'

/** Tokens that hold a hue must be resolved where the hue is known, not at the root. */
function declare(theme: 'light' | 'dark', hued: boolean): string {
  return tokens
    .filter(([, light]) => light.includes('--hue') === hued)
    .map(([name, light, dark]) => `--${name}:${theme === 'light' ? light : dark};`)
    .join('')
}

/**
 * Paper: always light, A4 with the number of each page. What was folded away stays away, but for `printed` parts, which a reader
 * of paper needs too. Pictures are as wide as the page, so that their letters grow to stay readable.
 */
const printStyle = `@page{size:A4;margin:13mm 13mm 15mm;@bottom-left{content:"Strobe";font:7.5pt ${face};color:#777}@bottom-right{content:counter(page) " / " counter(pages);font:7.5pt ${face};color:#777}}
@media print{html{font-size:9pt;line-height:1.42;background:none}body{max-width:none;padding:0}nav,details.twin:not([open]):not(.printed){display:none}
details.printed::details-content{content-visibility:visible;height:auto}details.printed>summary{color:var(--ink);font-weight:600;list-style:none;margin-top:8px}
h1{font-size:17pt}h2{font-size:13pt;margin-top:22px;padding-top:10px}h3,.card h3{font-size:9.5pt}h2,h3,summary,.legend{break-after:avoid}figcaption{break-before:avoid}.legend{break-inside:avoid}
.headline{margin:18px 0 14px}.tile{padding:8px 10px}.tile b{font-size:12pt}code,pre,.code{font-size:8.2pt}
figure,tr,.headline,.tiles,details.printed{break-inside:avoid}thead{break-after:avoid}.scroll{overflow:visible}figure{margin:4px 0 12px}figure .scroll svg{min-width:0;width:100%;overflow:visible}
svg text{font-size:12.5px}svg text.title{font-size:13px}
th,td{padding:3px 10px 3px 0;overflow-wrap:break-word}.facts th{width:170px}.card{padding:10px 14px 8px;break-inside:auto}.card h3,.card p,.card pre{break-inside:avoid}.card table{min-width:300px}
.ranking .chart{width:300px}.ranking .chart svg{width:300px;height:auto}.ranking .chart svg text{font-size:13.5px}
footer{margin-top:20px;break-before:avoid}a{color:inherit}}`

/** The whole style sheet: light and dark from one set of tokens, and paper, which knows neither flex nor grid. */
export function styleSheet(): string {
  return `:root{color-scheme:light dark;${declare('light', false)}}[style*="--hue"]{${declare('light', true)}}
@media screen and (prefers-color-scheme:dark){:root{${declare('dark', false)}}[style*="--hue"]{${declare('dark', true)}}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:13px/1.5 ${face};font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1064px;padding:24px 32px 64px}
code,pre,.code{font-family:${code};font-size:12px}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.bar-top{border-bottom:1px solid var(--line);padding-bottom:12px;color:var(--ink-quiet)}
.bar-top .brand{color:var(--ink);font-weight:600;margin-right:12px}
.bar-top .brand svg{vertical-align:-2px;margin-right:6px}
.bar-top .made{float:right}
.headline{margin:28px 0 20px;padding-left:16px;border-left:4px solid var(--same)}
.headline.tone-faster{border-color:var(--faster)}.headline.tone-slower,.headline.tone-failed{border-color:var(--slower)}
h1{font-size:27px;line-height:1.25;font-weight:600;letter-spacing:-.012em;margin:0;max-width:34em;overflow-wrap:anywhere}
.headline p{margin:6px 0 0;color:var(--ink-quiet)}
nav{margin:0 0 8px}nav a{display:inline-block;margin:0 16px 4px 0}
h2{font-size:17px;line-height:1.3;font-weight:600;letter-spacing:-.005em;margin:32px 0 4px;padding-top:16px;border-top:1px solid var(--line);overflow-wrap:anywhere}
h3{font-size:13px;font-weight:600;margin:26px 0 6px;overflow-wrap:anywhere}
h3 .id,h2 .id{font-weight:400;color:var(--ink-quiet);margin-left:8px}
p{margin:4px 0 8px;max-width:72em;overflow-wrap:anywhere}.quiet{color:var(--ink-quiet)}.none{color:var(--ink-quiet);font-style:italic}
.tiles{display:table;width:100%;border:1px solid var(--line);border-radius:4px;margin:16px 0 8px;background:var(--panel)}
.tile{display:table-cell;padding:10px 14px;border-left:1px solid var(--line);vertical-align:top}.tile:first-child{border-left:0}
.tile b{display:block;font-size:16px;line-height:1.35;font-weight:600;overflow-wrap:anywhere}.tile span{color:var(--ink-quiet);display:block;line-height:1.4}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:4px 0}
th,td{text-align:left;font-weight:400;padding:4px 16px 4px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
thead th{color:var(--ink-quiet);border-bottom-color:var(--line-strong);vertical-align:bottom;white-space:nowrap}
th.num,td.num{text-align:right;white-space:nowrap;overflow-wrap:normal}
.num{white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
caption{caption-side:top;text-align:left;color:var(--ink-quiet);padding:4px 0}
tr:target>*{background:var(--rope)}
.facts th{color:var(--ink-quiet);width:230px}.facts{table-layout:auto}
.ranking td,.ranking th{vertical-align:middle;white-space:nowrap}.ranking .name{font-weight:600;white-space:normal;min-width:84px;max-width:200px;overflow-wrap:break-word}
.ranking .chart{width:400px;padding:0}.ranking .chart svg{display:block}.ranking tr.axis>*{border-bottom:0}
.chip{white-space:nowrap;color:var(--ink-quiet)}.chip.faster{color:var(--faster-ink)}.chip.slower,.chip.bad{color:var(--slower-ink)}
.chip i{font-style:normal;display:inline-block;width:16px}
figure{margin:8px 0 20px}figcaption{color:var(--ink-quiet);margin-top:2px;max-width:76em}
.legend{color:var(--ink-quiet);margin:0 0 4px}.key{display:inline-block;margin-right:18px}.key svg{vertical-align:-1px;margin-right:6px;overflow:visible}
figure .scroll svg{display:block;max-width:100%;height:auto;min-width:720px}
svg text{font:11px ${face};fill:var(--ink-quiet);font-variant-numeric:tabular-nums}
svg text.strong{fill:var(--ink)}svg text.title{fill:var(--ink);font-weight:600;font-size:12px}svg text.on{fill:var(--ink)}
.shared{position:absolute}
.grid path{stroke:var(--line);fill:none}.zero{stroke:var(--line-strong);fill:none}.rope{fill:var(--rope)}
.hatch-faster{stroke:var(--faster);stroke-width:2}.hatch-slower{stroke:var(--slower);stroke-width:2}.hatch-same{stroke:var(--same);stroke-width:2}.hatch-queue{stroke:var(--ink);stroke-opacity:.55;stroke-width:1.4}
.eff{stroke-width:1.5}.eff.faster{fill:var(--faster);stroke:var(--faster)}.eff.slower{fill:var(--slower);stroke:var(--slower)}.eff.same{fill:var(--same);stroke:var(--same)}
.eff.open.faster{fill:url(#hatch-faster)}.eff.open.slower{fill:url(#hatch-slower)}.eff.open.same{fill:url(#hatch-same)}
.mark{stroke:var(--ink);stroke-width:2;fill:none}.reach{stroke:var(--line-strong);fill:none}
.predicted{fill:none;stroke:var(--ink-quiet);stroke-dasharray:4 3;stroke-width:1.2}
.cat{fill:var(--bar)}.cat-soft{fill:var(--bar-soft)}.cat-line{fill:none;stroke:var(--bar-edge);stroke-width:1.5}.cat-edge{fill:var(--bar);stroke:var(--bar-edge)}
.cat-dot{fill:var(--bar-edge)}.frame{fill:var(--frame)}.queue{fill:url(#hatch-queue)}.failed{fill:var(--slower)}.line{fill:none;stroke:var(--ink-quiet);stroke-width:1.2}.dot-out{fill:none;stroke:var(--ink-faint)}
.cross{stroke:var(--slower-ink);stroke-width:1.6;fill:none}.ring{fill:none;stroke:var(--ink-quiet);stroke-width:1.1}.edge{stroke:var(--ink-faint);fill:none;stroke-width:1.2}.node-box{fill:var(--panel);stroke:var(--line-strong)}
.rect-gap{stroke:var(--paper);stroke-width:.7}
details.twin{margin:4px 0 0}summary{cursor:pointer;color:var(--accent);width:max-content;max-width:100%;padding:2px 0}
details>details{margin-left:16px}details.part{border-top:1px solid var(--line);padding:6px 0}details.part[open]{padding-bottom:16px}details.part>summary{color:var(--ink);font-weight:600}
details.part>summary .id{font-weight:400;color:var(--ink-quiet);margin-left:8px}
.card{border:1px solid var(--line);border-radius:4px;padding:14px 18px 10px;margin:12px 0;break-inside:avoid}
.card h3{margin:0 0 4px;font-size:14px}.card pre{background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:8px 12px;margin:6px 0;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.card table{width:auto;min-width:400px}.card .status{float:right;color:var(--ink-quiet);margin-left:16px}.card .do{font-weight:600}
.card figure{margin:8px 0 6px}
.live{color:var(--ink-quiet)}.verdicts{list-style:none;margin:8px 0;padding:0}.flags{list-style:none;margin:6px 0;padding:0}.flags li{padding:1px 0 1px 20px;text-indent:-20px;overflow-wrap:anywhere}.flags li::before{display:inline-block;width:20px;text-indent:0;content:"i";color:var(--ink-quiet)}
.flags li.warning::before{content:"!";color:var(--slower-ink);font-weight:700}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:12px;color:var(--ink-quiet)}
@media screen and (max-width:760px){body{padding:16px}.tiles,.tile{display:block;border-left:0}.tile+.tile{border-top:1px solid var(--line)}.bar-top .made{float:none;display:block}h1{font-size:21px}}
${printStyle}
`
}
