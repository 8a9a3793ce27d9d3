using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>What was asked of <c>falw run</c> with a study of audits.</summary>
/// <param name="Study">The study.</param>
/// <param name="How">Scale, device and the rest, as for any study; its own study is not looked at.</param>
internal sealed record AuditOrder(AuditStudy Study, RunOrder How)
{
    /// <summary>The order, unless it asks for seeds: a study of audits says itself how many models it needs.</summary>
    /// <exception cref="Fault">It does.</exception>
    public static AuditOrder Of(AuditStudy study, RunOrder how) => how.Seeds == 1
        ? new AuditOrder(study, how)
        : throw new Fault($"Study {study.Name} has its own number of models at every scale ('falw study show {study.Name}' tells); leave --seeds out.");

    /// <summary>The first line a reader sees: what runs, on which images, how many models, where.</summary>
    public string Heading(Lab lab)
    {
        var spec = lab.Rewrite(Study);
        var data = spec.Experiments[0].Data;
        return FormattableString.Invariant(
            $"{Study.Title}: scale {How.Scale.Name} ({How.Scale.Size}), {data.Benchmark.Name}, {data.Classes} classes, {spec.Experiments.Count} methods, {spec.Models} seeds, {spec.Shadows} shadows with {spec.Draws} forget sets each, on {Machine.NameOf(lab.Device)}.");
    }
}
