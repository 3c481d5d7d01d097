import { formatBytes, formatCount } from '../../../base/index.ts'

const request = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /

/** What a call or statement moved, with what it is called: an answer has bytes, a statement rows or keys. */
export function quantityOf(detail: string, quantity: number): { readonly name: string; readonly value: string } {
  return request.test(detail)
    ? { name: 'answer', value: formatBytes(quantity) }
    : { name: 'rows or keys', value: formatCount(quantity) }
}
