package org.ganvas.training.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * A group of curves as an SVG element to stand in an HTML page, whose style sheet gives it its
 * colours: {@code --ink}, {@code --grid} and {@code --line0} to {@code --line7}.
 *
 * @param svg the element
 * @param clipped whether some points lie beyond the chart
 */
record LineChart(String svg, boolean clipped) {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 220;
  private static final int COLORS = 8;

  /** Of one line; with more of them the noise from step to step hides the trend. */
  private static final int POINTS = 150;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  // Colours that stand for those of the style sheet, red being their number.
  private static final Color INK = new Color(100, 1, 1);
  private static final Color GRID = new Color(101, 1, 1);
  private static final Pattern STAND_IN = Pattern.compile("rgb\\((\\d+),1,1\\)");

  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern DIGITS = Pattern.compile("(\\d+\\.\\d)\\d+");
  private static final Pattern FONT_FAMILY = Pattern.compile("font-family:[^;]*;+(?:[^;\"]*;)?");

  /**
   * Draws a group.
   *
   * @param id of the chart in its page
   */
  static LineChart of(ChartGroup group, int id) {
    DefaultXYDataset data = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    group
        .curves()
        .forEach(
            (name, curve) -> {
              Curve thinned = curve.thinned(POINTS);
              int index = data.getSeriesCount();
              data.addSeries(name, new double[][] {thinned.steps(), thinned.values()});
              renderer.setSeriesPaint(index, new Color(index % COLORS, 1, 1));
              renderer.setSeriesStroke(index, new BasicStroke(1.6f));
              // A single point makes no line.
              renderer.setSeriesShapesVisible(index, thinned.length() == 1);
            });
    ChartRange range = ChartRange.of(group.curves().values());
    NumberAxis steps = new NumberAxis();
    steps.setAutoRangeIncludesZero(false);
    steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    XYPlot plot = new XYPlot(data, styled(steps), styled(values(range)), renderer);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setInsets(new RectangleInsets(6, 6, 0, 12));
    JFreeChart chart = new JFreeChart(null, FONT, plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (group.curves().size() > 1) {
      chart.addLegend(legend(plot));
    }
    return new LineChart(svg(chart, id), range.clips());
  }

  private static NumberAxis values(ChartRange range) {
    NumberAxis axis = new NumberAxis();
    axis.setAutoRangeIncludesZero(false);
    axis.setStandardTickUnits(new ChartTicks());
    axis.setRange(range.lower(), range.upper());
    return axis;
  }

  private static NumberAxis styled(NumberAxis axis) {
    axis.setTickLabelFont(FONT);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(GRID);
    axis.setTickMarksVisible(false);
    return axis;
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.TOP);
    legend.setBackgroundPaint(null);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(FONT);
    legend.setItemPaint(INK);
    return legend;
  }

  private static String svg(JFreeChart chart, int id) {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT))
          .writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    String file = out.toString(StandardCharsets.UTF_8);
    String body = file.substring(file.indexOf('>', file.indexOf("<svg")) + 1);
    // Inside tags only: between them stand the labels.
    String shorter =
        TAG.matcher(FONT_FAMILY.matcher(body).replaceAll(""))
            .replaceAll(tag -> DIGITS.matcher(tag.group()).replaceAll("$1"));
    String colored = STAND_IN.matcher(shorter).replaceAll(LineChart::color);
    // Clip paths need names that are unlike those of the page's other charts.
    String named = colored.replace("#clip", "#chart" + id).replace("id=\"clip", "id=\"chart" + id);
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT)
        + named.replaceAll(">\\s+<", "><").strip();
  }

  private static String color(MatchResult standIn) {
    int number = Integer.parseInt(standIn.group(1));
    String name =
        number == INK.getRed() ? "ink" : number == GRID.getRed() ? "grid" : "line" + number;
    return String.format(Locale.ROOT, "var(--%s)", name);
  }
}
