using FaLW.Experiments;

namespace FaLW.Studies;

/// <summary>The stages that audits and profile studies need.</summary>
internal static class AuditPlan
{
    public static IEnumerable<(Stage Stage, double Work)> Of(AuditSpec spec) =>
        [
            .. spec.Experiments.SelectMany(spec.MembersOf).SelectMany(Members),
            .. spec.Experiments.SelectMany(spec.ShadowsOf).SelectMany(Members),
            .. spec.Experiments.SelectMany(spec.RepeatsOf).SelectMany(each => Relearned(each, spec.Relearn)),
            .. spec.Experiments.SelectMany(spec.ConfusedOf).SelectMany(Confused),
        ];

    public static IEnumerable<(Stage Stage, double Work)> Of(ProfileStudy study)
    {
        var models = Plan.Models(study.Spec);
        return models[..2].Append((study.Stage(), study.LearningRates.Count * 2 * models[2].Work));
    }

    public static IEnumerable<(Stage Stage, double Work)> Members(ExperimentSpec spec) => Each(spec, model => (Stage.Margins(model, spec.Data), Plan.WorkOfScores));

    public static IEnumerable<(Stage Stage, double Work)> Relearned(ExperimentSpec spec, RelearnSpec relearn) =>
        Each(spec, model => (relearn.Of(model, spec), relearn.ForgetEpochs * spec.Data.Forget.Share + relearn.RetainEpochs));

    private static IEnumerable<(Stage Stage, double Work)> Confused(ExperimentSpec spec) => Each(spec, model => (AuditMeasuring.ConfusionOf(model, spec), Plan.WorkOfScores));

    private static IEnumerable<(Stage Stage, double Work)> Each(ExperimentSpec spec, Func<Stage, (Stage, double)> of) =>
        Plan.Pattern(spec).Concat(Plan.Models(spec).SelectMany(model => new[] { model, of(model.Stage) }));
}
