using System.CommandLine;
using System.Text.Json.Nodes;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary><c>falw study list</c> and <c>falw study show STUDY</c>: what there is to run, and exactly what would run.</summary>
internal static class StudyCommand
{
    public static Command Create(Terminal terminal) => new("study", "The named studies and what is in them.") { List(terminal), Show(terminal) };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "Names, questions and choices of all studies.");
        command.SetAction(_ =>
        {
            foreach (var (name, question, choices) in Study.All.Select(s => (s.Name, s.Question, s.Choices)).Concat(AuditStudy.All.Select(s => (s.Name, s.Question, s.Choices))))
                terminal.Output.WriteLine($"{name}\n    {question}\n    {choices}");
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var (study, scale, data, seeds) = (Options.AnyStudy(), Options.Scale(), Options.Data(), Options.Seeds());
        var command = new Command("show", "The specs of a study as JSON, with their keys, as they would run on this machine.") { study, scale, data, seeds };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetRequiredValue(study);
            var size = parsed.GetRequiredValue(scale) with { Data = parsed.GetValue(data) };
            var shelf = DataShelf.Default();
            var (runs, records) = (RecordShelf.Of(RecordShelf.DefaultFolder), AuditResult.Shelf(RecordShelf.DefaultFolder));
            var shown = asked.Audits is { } audits
                ? Json(audits, audits.At(size, b => shelf.Find(b) is not null, spec => records.Find(spec.Stage()) is not null))
                : Json(asked.Runs!, asked.Runs!.At(size, parsed.GetValue(seeds), b => shelf.Find(b) is not null, spec => runs.Find(spec) is not null));
            terminal.Output.WriteLine(shown.ToJsonString(CanonicalJson.Readable));
        });
        return command;
    }

    private static JsonObject Json(AuditStudy study, AuditSpec spec) => new()
    {
        ["Study"] = study.Name,
        ["Question"] = study.Question,
        ["Choices"] = study.Choices,
        ["Key"] = spec.Stage().Key,
        ["Audits"] = CanonicalJson.Node(spec),
    };

    private static JsonObject Json(Study study, IEnumerable<ExperimentSpec> specs) => new()
    {
        ["Study"] = study.Name,
        ["Question"] = study.Question,
        ["Choices"] = study.Choices,
        ["Experiments"] = new JsonArray([.. specs.Select(spec => new JsonObject
        {
            ["Title"] = spec.Title,
            ["Key"] = Stage.Unlearned(spec).Key,
            ["Spec"] = CanonicalJson.Node(spec),
        })]),
    };
}
