package org.ganvas.training.report;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.TickUnit;
import org.jfree.chart.axis.TickUnitSource;

/**
 * JFreeChart's distances between the ticks of an axis, with labels that have as many digits as tell
 * neighbours apart: of close ones its own become such as {@code 3.000005E1}.
 */
final class ChartTicks implements TickUnitSource {
  private final NumberTickUnitSource units = new NumberTickUnitSource();

  @Override
  public TickUnit getLargerTickUnit(TickUnit unit) {
    return labelled(units.getLargerTickUnit(unit));
  }

  @Override
  public TickUnit getCeilingTickUnit(TickUnit unit) {
    return labelled(units.getCeilingTickUnit(unit));
  }

  @Override
  public TickUnit getCeilingTickUnit(double size) {
    return labelled(units.getCeilingTickUnit(size));
  }

  private static TickUnit labelled(TickUnit unit) {
    return new NumberTickUnit(unit.getSize(), new Labels(unit.getSize()));
  }

  /** Multiples of a distance. */
  private static final class Labels extends NumberFormat {
    private static final long serialVersionUID = 1L;

    /** With more decimals a label is shorter as a power of ten. */
    private static final int MOST_DECIMALS = 6;

    private final double size;

    Labels(double size) {
      this.size = size;
    }

    private static int exponent(double number) {
      return (int) Math.floor(Math.log10(number) + 1e-9);
    }

    @Override
    public StringBuffer format(double value, StringBuffer into, FieldPosition position) {
      double magnitude = Math.abs(value);
      if (magnitude < size / 2) {
        return into.append('0');
      }
      int decimals = Math.max(0, -exponent(size));
      String form =
          decimals <= MOST_DECIMALS
              ? "%,." + decimals + "f"
              : "%." + Math.max(0, exponent(magnitude) - exponent(size)) + "e";
      return into.append(String.format(Locale.ROOT, form, value));
    }

    @Override
    public StringBuffer format(long value, StringBuffer into, FieldPosition position) {
      return format((double) value, into, position);
    }

    @Override
    public Number parse(String label, ParsePosition position) {
      throw new UnsupportedOperationException("labels are only written");
    }
  }
}
