using System.Globalization;
using FaLW.Figures;
using FaLW.Metrics;

namespace FaLW.Plots;

/// <summary>What the numbers say in words: how much there is to forget, who is nearest to Retrain, by which measure, and whether the next one can be told apart.</summary>
internal static class FindingSentences
{
    // Points of forget accuracy that chance alone may move.
    private const double Little = 5;

    public static IReadOnlyList<string> Of(IReadOnlyList<MethodRuns> methods) =>
    [
        AtStake(methods[0].Over(r => r.Original.ForgetAccuracy).Mean, methods[0].Over(r => r.Retrain.ForgetAccuracy).Mean),
        Nearest("By Average Gap", methods, m => m.Over(r => r.AverageGap), m => m.Over(r => r.Original.AverageGap(r.Retrain))),
        Nearest("By mean |deviation| of the forget samples", methods, m => m.Over(Measures.MeanDeviation), m => m.Over(Measures.OriginalDeviation)),
        Nearest("By class-balanced forget accuracy", methods, m => m.Over(Measures.ClassBalancedGap), m => m.Over(r => Measures.ClassBalancedGap(r.OriginalClasses, r.RetrainClasses))),
    ];

    // Where Original and Retrain answer alike, the table below teaches nothing, whatever the methods do.
    private static string AtStake(double original, double retrain)
    {
        var known = string.Create(CultureInfo.InvariantCulture,
            $"Original knows {original:F1} % of the images to forget; Retrain, which never saw them, knows {retrain:F1} %");
        return original - retrain >= Little
            ? string.Create(CultureInfo.InvariantCulture, $"{known}: {original - retrain:F1} points are there to be forgotten.")
            : $"{known}: there is hardly anything to forget, and a method can only lose.";
    }

    // Original stands beside the winner, since a method that hardly moves may be nearest without forgetting anything.
    private static string Nearest(
        string measure, IReadOnlyList<MethodRuns> methods, Func<MethodRuns, Estimate> number, Func<MethodRuns, Estimate> unchanged)
    {
        var order = methods.Select(m => (m.Title, Value: number(m), Runs: m)).OrderBy(m => m.Value.Mean).ToArray();
        var seeds = order[0].Value.Count < 2 ? " (one seed)" : "";
        var still = unchanged(order[0].Runs);
        if (still.Mean <= order[0].Value.Mean)
            return $"{measure}, no method is nearer to Retrain than Original, which forgets nothing and stands at {Words(still)} points{seeds}; the nearest, {order[0].Title}, stands at {Words(order[0].Value)}{Noise(methods, number)}.";
        var first = $"{measure}, {order[0].Title} is nearest to Retrain: {Words(order[0].Value)} points{seeds}";
        var original = $"Original, which forgets nothing, stands at {Words(still)}{Noise(methods, number)}.";
        return order.Length == 1 ? $"{first}. {original}" : $"{first}; next {order[1].Title} with {Words(order[1].Value)}{Overlap(order[0].Value, order[1].Value)}. {original}";
    }

    private static string Noise(IReadOnlyList<MethodRuns> methods, Func<MethodRuns, Estimate> number) =>
        MethodRuns.Noise(methods.SelectMany(m => m.Runs)) is [var noise] ? $", Retrain of another seed at {Words(number(noise))}" : "";

    private static string Overlap(Estimate first, Estimate second) =>
        first.Mean + first.HalfWidth >= second.Mean - second.HalfWidth ? ", and their intervals overlap" : "";

    private static string Words(Estimate value) => double.IsNaN(value.HalfWidth)
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Mean:F2}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Mean:F2} ± {value.HalfWidth:F2}");
}
