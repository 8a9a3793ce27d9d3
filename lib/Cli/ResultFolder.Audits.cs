using System.Text.Json;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>A folder that holds the result of audits instead of runs.</summary>
internal sealed partial class ResultFolder
{
    private string AuditFile => System.IO.Path.Combine(Path, "audits.json");

    /// <summary>The folder asked for, or one per study, scale and image set.</summary>
    public static ResultFolder Of(string? asked, AuditOrder order) => Of(asked, order.Study.Name, order.How.Scale);

    /// <summary>Writes what audits found, and the report made of it, in place of what was here.</summary>
    public void Write(AuditResult result, AuditStudy study)
    {
        var label = new StudyLabel(study.Name, study.Title, study.Question, study.Choices, IsPilot: false);
        Guarded(() =>
        {
            if (Directory.Exists(Runs)) Directory.Delete(Runs, recursive: true);
            WholeFile.Write(AuditFile, result.ToJson());
            WholeFile.Write(System.IO.Path.Combine(Path, StudyFile), JsonSerializer.Serialize(label, CanonicalJson.Readable));
        });
        Report(label, result);
    }

    /// <summary>Makes the report again from what the folder holds, runs or audits.</summary>
    /// <exception cref="Fault">It holds neither.</exception>
    public void ReportAgain()
    {
        if (File.Exists(AuditFile)) Report(Label(), Audits());
        else
        {
            var (study, results) = Read();
            Report(study, results);
        }
    }

    private void Report(StudyLabel study, AuditResult result) => Guarded(() => Figures.Report.Write(Path, result, study.Title, study.Question, study.Choices));

    private AuditResult Audits()
    {
        try
        {
            return AuditResult.FromJson(File.ReadAllText(AuditFile));
        }
        catch (Fault fault)
        {
            throw new Fault($"{AuditFile}: {fault.Message}", fault);
        }
    }
}
