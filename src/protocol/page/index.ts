export { answerBlob, type BlobAnswer, type BlobConditions } from './blob-answer.ts'
export { type BlobRequest, blobRequestOf, blobUrl, previewUrl } from './blob-url.ts'
export { type PageFile, pageFileOf } from './page-file.ts'
export { pageHeaders } from './security-headers.ts'
