using System.CommandLine;
using FaLW.Data;

namespace FaLW.Cli;

/// <summary>
/// What is asked of SLURM: lines for sbatch that every job has (partition, gres, time), the most tasks at a time (null for as many as the cluster
/// gives), how many portions one task makes, the script that is filled in, and whether scripts are only written.
/// </summary>
internal sealed record SlurmOrder(IReadOnlyList<string> Demands, bool WantsGpu, int? MaxParallel, int Bundle, string Template, bool IsDry);

/// <summary>The options of a sweep on SLURM, for every command that computes a study.</summary>
internal sealed class SlurmOptions
{
    private readonly Option<string?> on = new("--on") { Description = "slurm: write and submit job arrays instead of computing here; 'falw status DIR' shows how they stand.", HelpName = "slurm" };
    private readonly Option<string?> template = new("--template") { Description = "Script to fill in instead of environment/slurm.sh.", HelpName = "FILE" };
    private readonly Option<bool> dry = new("--dry-run") { Description = "On SLURM: write the scripts and show the commands; submit nothing." };
    private readonly Option<int?> parallel = Options.Most("--max-parallel", "On SLURM: the most tasks at a time; by default as many as the cluster gives.");
    private readonly Option<int> bundle = Options.Count("--bundle", "On SLURM: models or experiments that one task makes one after the other.", 1);

    private readonly Option<string?>[] demands =
    [
        new("--partition") { Description = "On SLURM: the partition; by default the cluster's.", HelpName = "P" },
        new("--gres") { Description = "On SLURM: what each task needs, for example gpu:1.", HelpName = "G" },
        new("--time") { Description = "On SLURM: the time limit of a task, for example 4:00:00; by default the partition's.", HelpName = "T" },
    ];

    private IEnumerable<Option> Others => [.. demands, template, dry, parallel, bundle];

    /// <summary>Adds them to a command.</summary>
    public SlurmOptions AddTo(Command command)
    {
        on.AcceptOnlyFromAmong("slurm");
        foreach (var option in Others.Prepend(on)) command.Add(option);
        return this;
    }

    /// <summary>What was asked; null where the work is to be done here.</summary>
    /// <exception cref="Fault">Something is said of SLURM that cannot be meant.</exception>
    public SlurmOrder? Of(ParseResult parsed)
    {
        if (parsed.GetValue(on) is null)
            return Others.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } lost ? throw new Fault($"{lost.Name} says something of SLURM; add --on slurm, or leave it out.") : null;
        var said = demands.Where(option => parsed.GetValue(option) is not null).Select(option => (option.Name, Value: parsed.GetValue(option)!)).ToList();
        if (said.FirstOrDefault(pair => pair.Value.Length == 0 || pair.Value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\'')) is { Name: { } name })
            throw new Fault($"{name} must be one word without blanks and quotation marks.");
        return new SlurmOrder(
            [.. said.Select(pair => $"{pair.Name}={pair.Value}")], said.Any(pair => pair.Name == "--gres" && pair.Value.Contains("gpu", StringComparison.OrdinalIgnoreCase)),
            parsed.GetValue(parallel), parsed.GetValue(bundle),
            Path.GetFullPath(parsed.GetValue(template) ?? Path.Combine(Checkout.Root(), "environment", "slurm.sh")), parsed.GetValue(dry));
    }
}
