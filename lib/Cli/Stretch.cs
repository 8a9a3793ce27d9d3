using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>One of several equal stretches of a study, so that several short turns or several machines can share it.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="All">How many there are.</param>
internal sealed record Stretch(int Number, int All)
{
    /// <summary>The experiments of this stretch, in order; together the stretches are the study.</summary>
    public IReadOnlyList<ExperimentSpec> Of(IReadOnlyList<ExperimentSpec> specs) =>
        [.. specs.Take((int)((long)specs.Count * Number / All)).Skip((int)((long)specs.Count * (Number - 1) / All))];

    /// <summary>Reads "3/7".</summary>
    /// <exception cref="Fault">It is not that.</exception>
    public static Stretch Parse(string text) =>
        text.Split('/') is [var first, var last] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var all) && number >= 1 && number <= all
            ? new Stretch(number, all)
            : throw new Fault($"--part is {text}, but must be two whole numbers like 3/7: the third of seven stretches.");
}
