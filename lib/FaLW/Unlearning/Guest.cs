using System.Security.Cryptography;
using FaLW.Data;
using FaLW.Models;
using FaLW.Training;
using static TorchSharp.torch;

namespace FaLW.Unlearning;

/// <summary>What the host asks of a method or weighting that somebody else wrote, and says in a sentence where it is not so.</summary>
internal static class Guest
{
    public static bool Is(object part) => part.GetType().Assembly != typeof(Guest).Assembly;

    /// <summary>Runs a method, looks at what it gave back, and at what it did to the Original.</summary>
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
            if (!IsFinite(model)) throw new DivergedException(method.GetType().Name, "Try smaller steps");
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
        : log is null ? "gave no log (null); return the one of Fit, or new TrainLog([], 1, TimeSpan.Zero)"
        : (model.Network, model.Classes) != (original.Network, original.Classes) ? FormattableString.Invariant($"gave a {model.Network.Name} with {model.Classes} classes for a {original.Network.Name} with {original.Classes}; return a changed copy of task.Original")
        : null;

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
        return model.Parameters.All(parameter => parameter.isfinite().all().item<bool>());
    }
}
