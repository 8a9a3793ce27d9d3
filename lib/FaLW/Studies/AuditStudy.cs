using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>A question that audits answer, with the job that answers it at every scale.</summary>
/// <param name="Name">What is typed: "audits".</param>
/// <param name="Title">Heading of the report.</param>
/// <param name="Question">The question in a sentence.</param>
/// <param name="Choices">What was chosen beforehand, and why.</param>
/// <param name="OfScale">The job at a scale, on the images meant for it.</param>
public sealed record AuditStudy(string Name, string Title, string Question, string Choices, Func<Scale, AuditSpec> OfScale)
{
    /// <summary>Every audit of the kit on four methods and both controls.</summary>
    public static AuditStudy Audits { get; } = new(
        "audits", "Audits: stronger tests of forgetting",
        "Which of the methods pass audits that find Original and find nothing in Retrain?",
        "Audits need dozens of models, so at smoke and small scale they are perceptrons on few images, which know by heart what they were trained on within seconds. Learning rates: " +
        FormattableString.Invariant($"one grid for all, on pilot seed {Study.PilotSeed} (falw tune audits), by the smallest Average Gap to Retrain with unseen images in place of test images; at paper scale the examples of SalUn's published code."),
        AuditSizes.At);

    /// <summary>All studies of audits.</summary>
    public static ValueList<AuditStudy> All { get; } = [Audits];

    /// <summary>The study of that name in any case; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static AuditStudy? Find(string name) => All.FirstOrDefault(study => string.Equals(study.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The job at a scale on this machine: on the images the scale names, else on the study's, else, where those are missing and no record answers for them, on the digits.</summary>
    /// <param name="scale">The scale.</param>
    /// <param name="isHere">Whether the files of an image set are on this machine.</param>
    /// <param name="isRecorded">Whether there is a record of a job; asked only where images are missing.</param>
    public AuditSpec At(Scale scale, Func<Benchmark, bool> isHere, Func<AuditSpec, bool> isRecorded)
    {
        var asked = Tuned(OfScale(scale), Tuning.Frozen(Name, scale.Name));
        if (scale.Data is { } named) return asked.On(named);
        return scale.Name == Scale.Paper.Name || isHere(asked.Benchmark) || isRecorded(asked) ? asked : asked.On(Benchmark.Digits);
    }

    private static AuditSpec Tuned(AuditSpec spec, Tuning? frozen) => spec with
    {
        Experiments = spec.Experiments.Select(each => frozen?.Chosen(each.Title) is { } value ? each with { Unlearner = each.Unlearner.WithSearched(value) } : each).ToValueList(),
    };
}
