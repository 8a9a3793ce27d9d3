using FaLW.Data;
using FaLW.Models;

namespace FaLW.Metrics;

/// <summary>The population attacks beside <see cref="MembershipInference"/>, each under its own name.</summary>
/// <param name="Margin">One threshold per class on the margin, which orders samples of a class as their confidence does.</param>
/// <param name="ModifiedEntropy">One threshold per class on minus the modified entropy of Song and Mittal.</param>
/// <param name="Entropy">Logistic regression on the entropy, after SFRon's code.</param>
public sealed record PopulationAttacks(ClassConditionalAttack Margin, ClassConditionalAttack ModifiedEntropy, EntropyAttack Entropy)
{
    /// <summary>Runs the attacks on one model.</summary>
    /// <param name="forget">Logits on the forget set.</param>
    /// <param name="retain">Logits on the retain set.</param>
    /// <param name="test">Logits on the test set.</param>
    /// <param name="groups">Head, middle and tail classes.</param>
    /// <param name="seed">Seed of the shadow draw; the same for every model that is compared.</param>
    /// <exception cref="Fault">No class has both retained and test samples.</exception>
    public static PopulationAttacks Of(LogitTable forget, LogitTable retain, LogitTable test, ClassGroups groups, int seed)
    {
        ClassConditionalAttack Conditional(Func<LogitTable, Signal> signal) =>
            ClassConditionalAttack.Of(signal(forget), signal(retain), signal(test), groups, seed);
        return new PopulationAttacks(
            Conditional(table => Signal.Of(table.Margins(), table.Labels)),
            Conditional(table => Signal.Of(table.ModifiedEntropies().Select(entropy => -entropy), table.Labels)),
            EntropyAttack.Of(forget.Entropies(), retain.Entropies(), test.Entropies()));
    }
}
