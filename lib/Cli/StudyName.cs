using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>What a name of a study stands for: experiments, or audits; one of the two.</summary>
internal sealed record StudyName(Study? Runs, AuditStudy? Audits)
{
    /// <summary>The study of that name, of either kind.</summary>
    public static StudyName Of(string name) => AuditStudy.Find(name) is { } audits ? new StudyName(null, audits) : new StudyName(Study.Named(name), null);
}
