using FaLW.Experiments;
using FaLW.Figures;

namespace FaLW.Plots;

/// <summary>What a reader of a table must know when its rows were not all computed by the same engine on the same kind of device and number of threads.</summary>
public static class Grounds
{
    /// <summary>The grounds and the rows that stand on each, in a sentence; empty where all stand on one.</summary>
    /// <param name="results">The results in the table.</param>
    public static string Of(IEnumerable<RunResult> results)
    {
        var grounds = results
            .SelectMany(run => run.Times.Select(time => time.Provenance).OfType<Provenance>().Append(run.Provenance).Select(origin => (Origin: origin, run.Title)))
            .GroupBy(made => made.Origin.Footing, StringComparer.Ordinal).ToList();
        return grounds.Count < 2 ? "" : FormattableString.Invariant($"Rows computed on {(grounds.Count == 2 ? "two" : grounds.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))} grounds, between which sums are rounded differently: ")
            + string.Join("; ", grounds.Select(ground => $"{ground.First().Origin.Ground}: {string.Join(", ", ground.Select(made => made.Title).Distinct(StringComparer.Ordinal))}")) + ".";
    }
}
