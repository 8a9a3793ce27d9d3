using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary>The options and arguments that several commands share. A value that cannot be meant is wrong usage, told with the nearest that can.</summary>
internal static class Options
{
    private const int MostSeeds = 1000;

    public static Argument<StudyName> AnyStudy() =>
        Study(text => AuditStudy.Find(text) is { } audits ? new StudyName(null, audits) : new StudyName(Studies.Study.Named(text), null));

    public static Argument<StudyName> StudyToSearch() => Study(text => new StudyName(Studies.Study.ToSearch(text).Tuning, null));

    /// <summary>An image set, or Adult, the one table that is fetched: null.</summary>
    public static Argument<SetName?> Set(bool required) => new("NAME")
    {
        Description = "Name of an image set or table; 'falw data list' shows them.",
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        CustomParser = result => result.Tokens.Count == 0 ? null : Parsed(result, SetOf),
    };

    public static Option<Scale> Scale() => Read(
        "--scale", string.Join('|', Experiments.Scale.All.Select(scale => scale.Name)),
        $"{string.Join(", ", Experiments.Scale.All.Select(scale => $"{scale.Name} ({scale.Size})"))}; with -bfloat16 at the end (small-bfloat16) in that format, in about half the time where the machine has units for it.",
        Experiments.Scale.Named, _ => Experiments.Scale.Small);

    public static Option<Benchmark?> Data() =>
        Read<Benchmark?>("--data", "NAME", "Image set to use instead of the study's; 'falw data list' shows them.", Benchmark.Named);

    public static Option<int> Seeds(int otherwise = 1) => Read(
        "--seeds", "N", "Number of seeds, 1 or more; every seed is a run of its own, from splits to unlearning.",
        text => Whole("--seeds", text, 1, "at least one seed is needed: give a whole number from 1") is var seeds && seeds <= MostSeeds ? seeds
            : throw new Fault(FormattableString.Invariant($"--seeds is {text}, more runs than anybody waits for; give at most {MostSeeds}.")),
        _ => otherwise);

    public static Option<int?> Processes() => Most("--processes", "Processes that share the work, each with a quarter of the cores (one thread at the scales of digits) or OMP_NUM_THREADS: sooner done than one with as many threads. By default, on a processor, one a core, at most 4 and one for every 3 GiB of memory; 1 on a GPU, with --fresh, or where OMP_NUM_THREADS is set.");

    public static Option<int?> Most(string name, string description) =>
        Read<int?>(name, "N", description, text => Whole(name, text, 1, "must be a whole number from 1"));

    public static Option<Stretch?> Part() => Read<Stretch?>(
        "--part", "K/N", "Compute only one of several equal stretches of the study, for example 3/7, and report all that is known of it.", Stretch.Parse);

    public static Option<int> Count(string name, string description, int least, int otherwise = 1) =>
        Read(name, "N", description, text => Whole(name, text, least, FormattableString.Invariant($"must be a whole number from {least}")), _ => otherwise);

    public static Option<string> Device() => Read("--device", "auto|cpu|cuda", "auto (a GPU where there is one), cpu or cuda.", DeviceName, _ => "auto");

    public static Option<string?> RecordedDevice() =>
        Read<string?>("--device", "auto|cpu|cuda", "cpu or cuda; without it the one each record was computed on.", DeviceName);

    public static Option<string?> Out(string description) =>
        Read<string?>("--out", "DIR", description, text => text.Length > 0 ? text : throw new Fault("--out is empty; name a folder, or leave the option out."));

    private static SetName SetOf(string text) => new(string.Equals(text, AdultFiles.Name, StringComparison.OrdinalIgnoreCase) ? null : Benchmark.Named(text));

    private static Argument<StudyName> Study(Func<string, StudyName> parse) => new("STUDY")
    {
        Description = "Name of a study; 'falw study list' shows them.",
        CustomParser = result => Parsed(result, parse),
    };

    private static Option<T> Read<T>(string name, string help, string description, Func<string, T> parse, Func<ArgumentResult, T>? usual = null) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parsed(result, parse),
        DefaultValueFactory = usual,
    };

    private static T? Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (Fault fault)
        {
            result.AddError(fault.Message);
            return default;
        }
    }

    private static int Whole(string name, string text, int least, string need) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
            ? count
            : throw new Fault($"{name} is {text}, but {need}.");

    private static string DeviceName(string text) => text.ToLowerInvariant() is "auto" or "cpu" or "cuda"
        ? text.ToLowerInvariant()
        : throw new Fault($"There is no device \"{text}\"; known are auto, cpu and cuda.");
}

/// <summary>What a name of a data set stands for: images, or the table Adult (null).</summary>
internal sealed record SetName(Benchmark? Images);

/// <summary>What a name of a study stands for: experiments, or audits; one of the two.</summary>
internal sealed record StudyName(Study? Runs, AuditStudy? Audits);
