using FaLW.Data;
using FaLW.Figures;
using FaLW.Models;
using FaLW.Training;
using FaLW.Unlearning;

namespace FaLW.Experiments;

/// <summary>What every job begins with: specs brought to the scale, all of them checked, and a word on what is not computed here and now.</summary>
public sealed partial class Lab
{
    private const int Named = 3;

    internal bool IsRecorded(ExperimentSpec spec) => records?.Find(spec) is not null;

    internal bool IsHere(Benchmark benchmark) => Shelf.Find(benchmark) is not null;

    internal void SayExchanged(Benchmark wanted, Benchmark taken) => SayOnce(
        $"{wanted.Name} is not on this machine and no record answers, so {taken.Name} takes its place in all of this; its numbers say nothing about {wanted.Name}. 'falw data fetch {wanted.Name}' fetches the images.");

    /// <summary>One job from its check to its end.</summary>
    internal T Job<T>(IReadOnlyList<ExperimentSpec> specs, Plan plan, Func<Workshop, T> work, CancellationToken cancellation)
    {
        Check(specs, plan);
        Compute.UseThreads(threads);
        cell?.Begin();
        var isWhole = false;
        try
        {
            SayKeptElsewhere(plan);
            var result = work(new Workshop(Cache, Device, Settings.Progress, plan, cancellation.CanBeCanceled ? cancellation : NotebookHost.Cancellation));
            isWhole = true;
            return result;
        }
        finally
        {
            cell?.End(isWhole);
        }
    }

    // Everything wrong with any spec at once, each fault with the specs that have it: whoever mends one spec should not have to wait to hear of the next.
    private void Check(IReadOnlyList<ExperimentSpec> specs, Plan plan)
    {
        var missing = plan.Stages.Any(stage => !Cache.Holds(stage)) || Cache.Fresh;
        var faults =
            (from item in specs.Index()
             from fault in item.Item.Faults().Concat(missing && records?.Find(item.Item) is null ? Lacks(item.Item) : [])
             group item by fault).ToList();
        if (faults.Count == 0) return;
        var broken = faults.SelectMany(fault => fault).Select(item => item.Index).Distinct().Count();
        var recorded = specs.Any(spec => !IsHere(spec.Data.Benchmark) && records?.Find(spec) is not null) ? " Records answer for the others; run without these, or fetch the images: images of another set are never put beside recorded ones." : "";
        throw new Fault(FormattableString.Invariant($"{broken} of {specs.Count} experiment{(specs.Count == 1 ? "" : "s")} cannot run, so nothing was computed.{recorded}")
            + string.Concat(faults.Select(fault => $"\n  {Names([.. fault.Select(item => item)])}: {fault.Key}")));
    }

    private IEnumerable<string> Lacks(ExperimentSpec spec)
    {
        if (!IsHere(spec.Data.Benchmark)) yield return Shelf.Lack(spec.Data.Benchmark);
        var method = spec.Unlearner is Reweighted drawn ? drawn.Host : spec.Unlearner;
        var precision = (method is SaliencyMask mask ? mask.Host : method as GradientUnlearner)?.Precision;
        if ((precision == Precision.BFloat16 || spec.Training.Precision == Precision.BFloat16) && BFloat16Support.WhyNot(Device) is { } reason)
            yield return BFloat16Support.Refusal(reason);
    }

    private static string Names(IReadOnlyList<(int Index, ExperimentSpec Spec)> specs)
    {
        var names = string.Join("; ", specs.Take(Named).Select(item => FormattableString.Invariant(
            $"{item.Index + 1}. {item.Spec.Label}, {item.Spec.Data.Benchmark.Name}, gamma {item.Spec.Data.Forget.Gamma}, seed {item.Spec.Seeds.Unlearning}")));
        return specs.Count > Named ? FormattableString.Invariant($"{names} and {specs.Count - Named} more") : names;
    }

    private void SayKeptElsewhere(Plan plan)
    {
        var kept = plan.Stages.Where(stage => !Cache.HoldsHere(stage)).Select(Cache.Elsewhere).Where(others => others.Count > 0).ToList();
        if (kept.Count == 0 || Cache.Fresh) return;
        var grounds = string.Join(" and on ", kept.SelectMany(others => others).Distinct(StringComparer.Ordinal).Select(footing => footing.Replace('-', ' ')));
        Say(FormattableString.Invariant($"{kept.Count} of {plan.Count} stages are kept, but were computed on {grounds}; this lab computes on {Cache.Footing.Replace('-', ' ')}, where sums are rounded differently. ")
            + (Cache.AnyGround ? "They are used as they are, because AnyGround was asked for." : "They are computed anew; --any-ground (AnyGround in the settings of a lab) takes them as they are."));
    }

    private void SayOtherGround(IReadOnlyList<Provenance> recorded, int open)
    {
        var here = Machine.Provenance(Device);
        string[] others = [.. recorded.Where(origin => origin.Footing != here.Footing).Select(origin => origin.Ground).Distinct(StringComparer.Ordinal)];
        if (open == 0 || others.Length == 0) return;
        Say(FormattableString.Invariant($"{open} experiment{(open == 1 ? " is" : "s are")} computed here, on {here.Ground}, and stand{(open == 1 ? "s" : "")} beside records computed on {string.Join(" and on ", others)}; tables name both."));
    }

    private void SayOnce(string sentence)
    {
        if (said.Add(sentence)) Say(sentence, isSteady: true);
    }

    internal void Say(string sentence, bool isSteady = false) => Settings.Progress!.Report(new LabProgress(LabEvent.Notice, sentence) { IsSteady = isSteady });
}
