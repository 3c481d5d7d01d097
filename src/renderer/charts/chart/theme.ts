import type { Palette } from './palette.ts'

/** What all charts look like, from the tokens of a theme. */
export function chartTheme(palette: Palette): Record<string, unknown> {
  const small = { fontFamily: palette.face, fontSize: 12, color: palette.inkQuiet }
  const axis = {
    axisLine: { show: true, lineStyle: { color: palette.lineStrong, width: 1 } },
    axisTick: { show: true, length: 4, lineStyle: { color: palette.lineStrong } },
    axisLabel: { ...small, hideOverlap: true, margin: 6 },
    splitLine: { show: true, lineStyle: { color: palette.line, width: 1 } },
    nameTextStyle: small,
    axisPointer: { lineStyle: { color: palette.inkFaint, type: 'solid' }, label: { show: false } },
  }
  return {
    animation: false,
    backgroundColor: 'transparent',
    color: [palette.accent, palette.same],
    textStyle: { ...small, color: palette.ink },
    grid: { left: 8, right: 16, top: 28, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { ...axis.axisLine, show: false }, axisTick: { show: false } },
    logAxis: { ...axis, axisLine: { ...axis.axisLine, show: false }, axisTick: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    legend: { textStyle: small, itemWidth: 14, itemHeight: 8, inactiveColor: palette.inkFaint },
    tooltip: {
      // HTML would need inline styles, which the page's policy forbids.
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      backgroundColor: palette.raised,
      borderColor: palette.lineStrong,
      borderWidth: 1,
      padding: [6, 8],
      textStyle: { ...small, color: palette.ink },
    },
    line: { symbol: 'circle', symbolSize: 6, lineStyle: { width: 1.5 }, emphasis: { scale: 1.4 } },
    scatter: { symbol: 'circle', symbolSize: 6 },
    markLine: { symbol: 'none', silent: true, label: small },
    dataZoom: {
      borderColor: palette.line,
      fillerColor: palette.selected,
      handleStyle: { color: palette.raised, borderColor: palette.lineStrong },
      moveHandleStyle: { color: palette.lineStrong },
      dataBackground: {
        lineStyle: { color: palette.lineStrong },
        areaStyle: { color: palette.hover },
      },
      selectedDataBackground: { lineStyle: { color: palette.accent }, areaStyle: { color: palette.selected } },
      textStyle: small,
      brushSelect: false,
    },
  }
}
