/**
 * Stripes for what is not significant, so that colour is not the only sign of it: `itemStyle: { color: 'transparent',
 * borderColor: colour, decal: hatch(colour) }`. What is significant is filled.
 */
export function hatch(colour: string) {
  return {
    color: colour,
    backgroundColor: 'transparent',
    symbol: 'rect',
    symbolSize: 1,
    dashArrayX: [1, 0],
    dashArrayY: [1.5, 3.5],
    rotation: -Math.PI / 4,
  }
}
