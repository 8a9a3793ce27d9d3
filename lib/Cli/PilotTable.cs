using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>What a search saw, as comma-separated values: one line per method and value.</summary>
internal static class PilotTable
{
    public static string Csv(IReadOnlyList<RunResult> results) => string.Concat(
        Pilot.Of(results).Select(row => FormattableString.Invariant($"{row.Title},{row.LearningRate},{row.ValidationGap:R},{(row.Chosen ? "yes" : "no")},{row.Suppressed},{row.Steps}\n"))
            .Prepend("method,learning_rate,validation_gap,chosen,suppressed_on_seeds,steps\n"));
}
