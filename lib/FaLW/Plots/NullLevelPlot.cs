using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>How much of a distance of margins is the number of models: Retrain against Retrain and Original against Retrain, with more and more of them.</summary>
public static class NullLevelPlot
{
    /// <summary>One panel per way to measure the distance.</summary>
    /// <param name="result">What a job of audits found.</param>
    public static Figure Of(AuditResult result) => new("What nothing looks like, and how many models it takes",
        [
            Panel(result, "KLoM", "nats", gap => gap.Binned), Panel(result, "normal KL", "nats", gap => gap.Gaussian), Panel(result, "Wasserstein-1", "σ", gap => gap.Scaled),
        ])
    {
        Subtitle = Setting.Of(result.Spec.Experiments[0]).Words,
        Note = "Retrain against other Retrains is the null level. Only what lies clearly above it was found by the audit and not by chance.",
        Columns = 3,
        Height = 420,
    };

    private static Panel Panel(AuditResult result, string title, string unit, Func<MarginGap, double> of)
    {
        var models = result.Levels.Select(level => (double)level.Models).ToArray();
        Line Curve(string name, Func<NullLevel, MarginGap> side) => new(name, models, result.Levels.Select(level => of(side(level))));
        var original = Curve("Original", level => level.Everything) with { Marker = Marker.Circle };
        var retrain = Curve("Retrain", level => level.Nothing) with { Marker = Marker.Circle, Dash = Dash.Dashed };
        return new Panel(Axis.Whole("models on each side"), new Axis("distance", unit) { Low = 0 }, [original, retrain]) { Title = title };
    }
}
