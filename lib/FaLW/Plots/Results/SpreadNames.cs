using FaLW.Experiments;
using FaLW.Figures;
using FaLW.Weighting;

namespace FaLW.Plots;

/// <summary>The three ways to count a distance, each with one name and one colour in every figure.</summary>
internal static class SpreadNames
{
    public static string Of(Spread spread) => spread switch
    {
        Spread.GaussianOfLogit => "normal in logit p",
        Spread.Quantile => "rank",
        _ => "normal in p",
    };

    public static Paint PaintOf(Spread spread) => Palette.Series[(int)spread];

    /// <summary>A class by its place in the request: "head: class 7, 360 forgotten".</summary>
    public static string ClassName(ProfileView view, int label) => FormattableString.Invariant(
        $"{view.Groups.NameOf(label).ToLowerInvariant()}: class {label}, {view.ForgetCounts[label]} forgotten");

    /// <summary>The most forgotten class, the one in the middle, the least forgotten.</summary>
    public static int[] Exemplars(ProfileView view) => [view.HeadToTail[0], view.HeadToTail[view.HeadToTail.Count / 2], view.HeadToTail[^1]];
}
