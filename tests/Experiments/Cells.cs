using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FaLW.Tests.Experiments;

/// <summary>Cells as a notebook runs them: each an assembly of its own in memory, later ones seeing earlier ones.</summary>
internal static class Cells
{
    private const string Usings = "using static TorchSharp.torch; using static TorchSharp.torch.nn;";

    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(typeof(LossWeighting).Assembly, typeof(TorchSharp.torch).Assembly, typeof(Microsoft.CSharp.RuntimeBinder.Binder).Assembly)
        .WithImports(
            "System", "System.Linq", "System.Collections.Generic", "FaLW.Data", "FaLW.Models", "FaLW.Training", "FaLW.Weighting", "FaLW.Unlearning", "FaLW.Experiments",
            "TorchSharp", "TorchSharp.Modules");

    /// <summary>Runs the cells in a session of their own; the value of the last.</summary>
    public static T Run<T>(params string[] cells)
    {
        var state = CSharpScript.RunAsync(Usings, Options, cancellationToken: TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        foreach (var cell in cells) state = state.ContinueWithAsync<object>(cell, cancellationToken: TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return (T)state.ReturnValue;
    }

    /// <summary>The name that a weighting called Mine has in a key, when these cells define it.</summary>
    public static string NameOfMine(params string[] cells) => OpenTypes.NameOf(Run<Type>([.. cells, "typeof(Mine)"]));

    /// <summary>Why nothing that is computed with Mine is kept; null where it is.</summary>
    public static string? UnkeptMine(params string[] cells) => CodeHash.Of(Run<Type>([.. cells, "typeof(Mine)"])).Unkept;
}
