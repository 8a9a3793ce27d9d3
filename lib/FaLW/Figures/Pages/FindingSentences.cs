using System.Globalization;
using FaLW.Metrics;

namespace FaLW.Figures;

/// <summary>What the numbers say in words: who is nearest to Retrain, by which measure, and whether the next one can be told apart.</summary>
internal static class FindingSentences
{
    public static IReadOnlyList<string> Of(IReadOnlyList<MethodRuns> methods) =>
    [
        Nearest("By Average Gap", "points", methods, m => m.Over(r => r.AverageGap)),
        Nearest("By mean |deviation| of the forget samples", "points", methods, m => m.Over(Measures.MeanDeviation)),
        Nearest("By class-balanced forget accuracy", "points", methods, m => m.Over(Measures.ClassBalancedGap)),
    ];

    private static string Nearest(string measure, string unit, IReadOnlyList<MethodRuns> methods, Func<MethodRuns, Estimate> number)
    {
        var order = methods.Select(m => (m.Title, Value: number(m))).OrderBy(m => m.Value.Mean).ToArray();
        var first = $"{measure}, {order[0].Title} is nearest to Retrain: {Words(order[0].Value)} {unit}";
        if (order.Length == 1) return first + ".";
        var next = $"{first}; next {order[1].Title} with {Words(order[1].Value)}";
        if (order[0].Value.Count < 2) return next + ".";
        var apart = order[0].Value.Mean + order[0].Value.HalfWidth < order[1].Value.Mean - order[1].Value.HalfWidth;
        return next + (apart ? "." : ", and their intervals overlap.");
    }

    private static string Words(Estimate value) => double.IsNaN(value.HalfWidth)
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Mean:F2}")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Mean:F2} ± {value.HalfWidth:F2}");
}
