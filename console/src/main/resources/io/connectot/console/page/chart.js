// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
'use strict';

/** A chart of a tag's values over time, with gaps hatched. */
const Chart = (() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function hatch(context) {
    const tile = document.createElement('canvas');
    tile.width = 8;
    tile.height = 8;
    const lines = tile.getContext('2d');
    lines.strokeStyle = colour('--bad');
    lines.globalAlpha = 0.5;
    lines.beginPath();
    lines.moveTo(0, 8);
    lines.lineTo(8, 0);
    lines.stroke();
    return context.createPattern(tile, 'repeat');
  }

  function drawGaps(plot, gaps) {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = hatch(ctx);
    for (const [start, end] of gaps) {
      const left = Math.max(bbox.left, plot.valToPos(start / 1000, 'x', true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(end / 1000, 'x', true));
      if (right > left) {
        ctx.fillRect(left, bbox.top, right - left, bbox.height);
      }
    }
    ctx.restore();
  }

  /** Makes a chart in an element; update(points, gaps) draws, close() removes it. */
  function create(element, label) {
    let gaps = [];
    const axis = () => ({ stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } });
    const plot = new uPlot(
      {
        width: element.clientWidth || 300,
        height: 240,
        legend: { show: false },
        series: [{}, { label, stroke: colour('--link'), width: 2, points: { show: true, size: 4 }, spanGaps: false }],
        axes: [axis(), { ...axis(), size: 64 }],
        hooks: { drawAxes: [(drawn) => drawGaps(drawn, gaps)] },
      },
      [[], []],
      element);
    const resize = () => plot.setSize({ width: element.clientWidth || 300, height: 240 });
    window.addEventListener('resize', resize);
    return {
      update(points, newGaps) {
        gaps = newGaps;
        plot.setData([points.map((p) => p[0] / 1000), points.map((p) => p[1])]);
      },
      close() {
        window.removeEventListener('resize', resize);
        plot.destroy();
      },
    };
  }

  return { create };
})();
