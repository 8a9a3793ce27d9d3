using System.Security.Cryptography;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using FaLW.Weighting;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>
/// An unlearning method with its settings: a value with one verb. Its serialised form is its identity in
/// every result, so two methods with equal settings are the same method. Anybody can write one, in a notebook cell too: derive from
/// <see cref="GradientUnlearner"/> where it trains, from <see cref="SingleStepUnlearner"/> where it computes one change.
/// </summary>
public abstract record Unlearner
{
    /// <summary>Short name for tables, as in the literature.</summary>
    public virtual string Title => GetType().Name;

    /// <summary>Whether the method has a loss on forget samples that a weighting can scale.</summary>
    public virtual bool CanWeigh => true;

    /// <summary>Whether a negative weight means something: that the loss of the sample is turned round, and it is learned instead.</summary>
    public virtual bool CanWeighNegatively => false;

    /// <summary>The one setting that decides most how far the method goes, and that a search tries: the learning rate, where gradient steps are taken. NaN when there is none.</summary>
    public virtual double Searched => double.NaN;

    /// <summary>The method with that setting.</summary>
    public virtual Unlearner WithSearched(double value) => this;

    /// <summary>As many values of that setting as there are learning rates in a search, so that every method has the same budget.</summary>
    public virtual ValueList<double> ValuesToSearch(ValueList<double> rates) => rates;

    /// <summary>Makes a model that has unlearned the forget set. Equal tasks give equal models.</summary>
    /// <param name="task">Original, images, splits, weighting, seed. The Original is bit for bit what it was.</param>
    /// <returns>A new model, which the caller disposes, and what its training saw.</returns>
    /// <exception cref="Fault">Method, weighting and splits do not fit together, and nothing was trained; or a method or weighting that is not of this kit broke a promise: the sentence names which.</exception>
    /// <exception cref="DivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public (Classifier Model, TrainLog Log) Unlearn(UnlearningTask task)
    {
        string[] faults = [.. FaultsWith(task.Weighting)];
        if (faults.Length > 0) throw new Fault($"{Title} cannot run: {string.Join(" ", faults)}");
        if (LacksUnseen(task.Soft is null ? task.Weighting : new UniformWeighting(), task.Splits.ClassesWithoutUnseen, task.Splits.Spec?.Forget.Images is not null) is { } lack) throw new Fault(lack);
        return Guest.Is(this) || Guest.Is(task.Weighting) ? Guest.Watched(this, task, Run) : Run(task);
    }

    /// <summary>One sentence for each thing that is wrong with the method under a weighting, before any data is looked at; empty when nothing is.</summary>
    internal IEnumerable<string> FaultsWith(LossWeighting weighting) =>
        Must.All(Sentence(Title, AllFaults), Sentence(weighting.Title, weighting.Faults()), Pairing.Objection(this, weighting));

    /// <summary>Why the method cannot run under a weighting where classes have no unseen sample; null when it can.</summary>
    internal string? LacksUnseen(LossWeighting weighting, IReadOnlyCollection<int> without, bool namesImages = false)
    {
        var title = NeedsUnseen ? Title : weighting.ProfileEvery > 0 || weighting.SoftDemand is not null ? weighting.Title : null;
        return title is null || without.Count == 0 ? null
            : $"{title} compares forget samples with unseen ones of their class, but class {string.Join(", ", without)} has no unseen sample; "
            + $"{(namesImages ? "leave some of its images out of the request" : "raise the unseen share")} or use another {(NeedsUnseen ? "method" : "weighting")}.";
    }

    /// <summary>The method itself, on a task that passed the checks: a new model and its log.</summary>
    protected abstract (Classifier Model, TrainLog Log) Run(UnlearningTask task);

    /// <summary>What is wrong with the settings, in the form "the density must lie in 0 to 1, but is 2"; empty when nothing is.</summary>
    protected internal virtual IEnumerable<string> Faults() => [];

    /// <summary><see cref="Faults"/>, and what is wrong with settings that all methods of a kind share.</summary>
    internal virtual IEnumerable<string> AllFaults => Faults();

    /// <summary>Whether the method itself compares forget samples with unseen ones of their class.</summary>
    private protected virtual bool NeedsUnseen => false;

    /// <summary>A copy of the Original, changed; disposed of where the change fails.</summary>
    internal static (Classifier Model, TrainLog Log) Changed(UnlearningTask task, Func<Classifier, TrainLog> change, Func<Classifier, Classifier>? copy = null)
    {
        var model = copy?.Invoke(task.Original) ?? task.Original.Copy();
        try
        {
            return (model, change(model));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static string? Sentence(string title, IEnumerable<string> faults) =>
        string.Join("; ", faults) is { Length: > 0 } all ? $"{title}: {all}. Correct the settings." : null;
}

/// <summary>What is to be unlearned, from what, how weighted, with which seed.</summary>
/// <param name="Original">The model trained on forget and retain set; it is read, never changed.</param>
/// <param name="Images">The image set, on the model's device.</param>
/// <param name="Splits">Forget, retain and unseen rows; the test rows are never read.</param>
/// <param name="Weighting">Weights of the forget samples; <see cref="UniformWeighting"/> for the method as it is.</param>
/// <param name="Seed">Seed of labels, order and augmentation; zero is a seed.</param>
/// <param name="Progress">Told after every step; null for nobody.</param>
/// <param name="Cancellation">Asked before every step.</param>
public sealed record UnlearningTask(
    Classifier Original,
    ImageSet Images,
    Splits Splits,
    LossWeighting Weighting,
    int Seed,
    IProgress<TrainProgress>? Progress = null,
    CancellationToken Cancellation = default)
{
    /// <summary>What a loss is where the model is a generator; null where it is a classifier.</summary>
    internal Denoising? Denoising { get; init; }

    /// <summary>The unseen rows of which the weighting's profile is made, ascending.</summary>
    internal IReadOnlyList<int> ProfileRows => Weighting.ProfilePerClass is var most and > 0
        ? [.. Splits.Reference.GroupBy(row => Images.HostLabels[row]).SelectMany(own => own.Take(most)).Order()]
        : Splits.Reference;

    /// <summary>
    /// Soft weights of every row of the image set (arXiv 2505.18783), plugged in as the loaders of its code do it: each training row is to be forgotten, by max(-epsilon, 0)
    /// or, where a loss can be turned round, by -epsilon, and each is kept, by 1 + epsilon. Null where a row is either forgotten or kept.
    /// </summary>
    internal IReadOnlyList<float>? Soft { get; init; }

    /// <summary>The rows to be forgotten: those of the splits, or under soft weights all that were trained on.</summary>
    internal IReadOnlyList<int> ForgetRows => Soft is null ? Splits.Forget : TrainedRows;

    /// <summary>How retain rows are drawn in each epoch; null where each comes once.</summary>
    internal ReweightedRows? Reweighted { get; init; }

    /// <summary>The retain rows of an epoch, counted from 0, before they are shuffled.</summary>
    internal IReadOnlyList<int> RetainOf(int epoch) => Reweighted?.OfEpoch(Seed, epoch) ?? (Soft is null ? Splits.Retain : TrainedRows);

    private IReadOnlyList<int> TrainedRows => [.. Splits.Forget.Concat(Splits.Retain).Order()];

    internal SeededStream Stream(FormattableString purpose) => new(Seed, Invariant(purpose));

    internal SeededStream Order(int epoch) => Stream($"order of epoch {epoch}");

    internal int[] Shuffled(IReadOnlyList<int> rows, SeededStream order) => [.. order.Permutation(rows.Count).Select(position => rows[position])];

    internal long[] LabelsOf(IEnumerable<int> rows) => [.. rows.Select(row => (long)Images.HostLabels[row])];

    /// <summary>Forget and retain rows once, sharing batches, in an order drawn from the stream; forget rows towards their targets, true labels unless told otherwise.</summary>
    internal EpochPlan Once(IReadOnlyList<int> forget, IReadOnlyList<int> retain, int batchSize, SeededStream order, long[]? targets = null) => EpochPlan.Shuffled(
        [.. forget, .. retain], [.. targets ?? LabelsOf(forget), .. LabelsOf(retain)], [.. forget.Select(_ => true), .. retain.Select(_ => false)], batchSize, order);

    /// <summary>Batches as they are given, each with its retain rows first, with true labels.</summary>
    internal EpochPlan Cut(IReadOnlyList<(int[] Retain, int[] Forget)> batches)
    {
        int[] rows = [.. batches.SelectMany(batch => batch.Retain.Concat(batch.Forget))];
        return new EpochPlan(
            rows, LabelsOf(rows), [.. batches.SelectMany(batch => batch.Retain.Select(_ => false).Concat(batch.Forget.Select(_ => true)))],
            [.. batches.Select(batch => batch.Retain.Length + batch.Forget.Length)]);
    }
}

/// <summary>Which methods and weightings go together, before any data is looked at.</summary>
public static class Pairing
{
    /// <summary>Why a method and a weighting do not go together; null when they do.</summary>
    public static string? Objection(Unlearner method, LossWeighting weighting) => weighting switch
    {
        not UniformWeighting when !method.CanWeigh => $"{method.Title} has no loss on forget samples that {weighting.Title} could weigh; use UniformWeighting with it.",
        { IsSigned: true } when method.CanWeigh && !method.CanWeighNegatively =>
            $"{weighting.Title} may give a negative weight, but {method.Title} cannot turn its loss round; use it with GA, or its unsigned form.",
        _ => null,
    };
}

/// <summary>What the host asks of a method or weighting that somebody else wrote, and says in a sentence where it is not so.</summary>
internal static class Guest
{
    public static bool Is(object part) => part.GetType().Assembly != typeof(Guest).Assembly;

    public static (Classifier Model, TrainLog Log) Watched(Unlearner method, UnlearningTask task, Func<UnlearningTask, (Classifier Model, TrainLog Log)> run)
    {
        // Whatever it draws from torch, it draws from the seed of the task.
        manual_seed(task.Seed);
        var before = Fingerprint(task.Original);
        var (model, log) = run(task);
        try
        {
            var complaint = Complaint(task.Original, model, log) ?? (before == Fingerprint(task.Original) ? null : "changed the Original; work on task.Original.Copy()");
            if (complaint is not null) throw new Fault($"{method.GetType().Name} {complaint}.");
            if (!IsFinite(model)) throw DivergedException.After(method.GetType().Name, "Try smaller steps");
        }
        catch
        {
            if (!ReferenceEquals(model, task.Original)) model?.Dispose();
            throw;
        }
        return (model, log);
    }

    private static string? Complaint(Classifier original, Classifier? model, TrainLog? log) =>
        model is null ? "gave no model (null); return a changed copy of task.Original"
        : ReferenceEquals(model, original) ? "gave back the Original itself; return a changed copy, task.Original.Copy()"
        : IsDisposed(model) ? "disposed the model it gave; leave that to whoever gets it"
        : log is null ? "gave no log (null); return the one of Fit, or new TrainLog([], 1, TimeSpan.Zero)"
        : (model.Network, model.Classes) != (original.Network, original.Classes) ? Invariant($"gave a {model.Network.Name} with {model.Classes} classes for a {original.Network.Name} with {original.Classes}; return a changed copy of task.Original")
        : null;

    // A module that was disposed has no parameters left.
    private static bool IsDisposed(Classifier model) => model.State.All(entry => entry.Value.IsInvalid);

    private static string Fingerprint(Classifier model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, value) in model.State)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static bool IsFinite(Classifier model)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return model.State.All(entry => entry.Value.isfinite().all().item<bool>());
    }
}
