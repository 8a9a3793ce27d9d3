using System.Globalization;

namespace FaLW.Figures;

/// <summary>The text of a mark under the pointer.</summary>
internal static class Tips
{
    /// <summary>Pictures with more marks than this carry no texts: they would outweigh the drawing.</summary>
    public const int Most = 600;

    public static string Of(PanelPlan plan, Points points, int index) => points.Labels.Count > index
        ? points.Labels[index]
        : Of(plan, points.Name, points.X[index], points.Y[index]);

    public static string Of(PanelPlan plan, string name, double x, double y)
    {
        var unit = plan.Panel.Y.Unit.Length > 0 ? " " + plan.Panel.Y.Unit : "";
        return $"{name}, {Place(plan.Panel, x)}: {Number(y)}{unit}";
    }

    /// <summary>A place on the x axis in words: its name, or its number.</summary>
    public static string Place(Panel panel, double x) => panel.X.Categories is { Count: > 0 } names && x > -0.5 && x < names.Count - 0.5
        ? names[(int)Math.Round(x)]
        : $"{panel.X.Label} {Number(x)}";

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "no value" : Ticks.Signed(value.ToString("G4", CultureInfo.InvariantCulture));
}
