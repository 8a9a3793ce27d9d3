using FaLW.Data;
using static TorchSharp.torch;

namespace FaLW.Studies;

/// <summary>Some applicants for a loan as tensors on the processor.</summary>
public sealed class LoanPart : IDisposable
{
    /// <summary>Makes the tensors.</summary>
    /// <param name="applicants">At least one of each group.</param>
    public LoanPart(ValueList<LoanApplicant> applicants)
    {
        Applicants = applicants;
        Features = tensor([.. applicants.SelectMany(a => new[] { a.Income, a.Savings, a.District, 1 })], [applicants.Count, 4], dtype: float64).DetachFromDisposeScope();
        Labels = tensor([.. applicants.Select(a => a.Approved ? 1L : 0)], [applicants.Count], dtype: int64).DetachFromDisposeScope();
        Group = tensor([.. applicants.Select(a => (long)a.Group)], [applicants.Count], dtype: int64).DetachFromDisposeScope();
    }

    /// <summary>The applicants, one per row.</summary>
    public ValueList<LoanApplicant> Applicants { get; }

    /// <summary>Income, savings, district and a column of ones: float64 [n, 4].</summary>
    public Tensor Features { get; }

    /// <summary>1 where the record says approved: int64 [n].</summary>
    public Tensor Labels { get; }

    /// <summary>0 or 1: int64 [n].</summary>
    public Tensor Group { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (Tensor[])[Features, Labels, Group]) part.Dispose();
    }
}
