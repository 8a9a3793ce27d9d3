using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;

namespace FaLW.Kernel.Notebooks;

/// <summary>
/// What the outputs of a notebook were made by, in its metadata: a hash of the code, the commit of this kit, the engine, the kind of
/// machine, the day. A stamp belongs to outputs: where a run gives the same outputs for the same code, the old stamp stays. So
/// running again what did not change changes no byte of the file, and day and commit say when the outputs last did.
/// </summary>
internal static class RunStamp
{
    private const string Name = "outputs_made";
    private const int HashDigits = 16;
    private const int CommitDigits = 12;

    // The build says so where more than the commit went into it.
    private const string Changed = ".changed";

    public static void Renew(Notebook executed, Notebook before)
    {
        var kept = before.Metadata[Name] is JsonObject stamp && stamp["code"]?.ToString() == HashOf(executed) && Outputs(before) == Outputs(executed) ? stamp : null;
        executed.Metadata[Name] = kept?.DeepClone() ?? Made(HashOf(executed));
    }

    /// <summary>Why the outputs cannot be those of the code; null where nothing speaks against it.</summary>
    public static string? Stale(Notebook notebook, bool mustBeThere)
    {
        if (notebook.Metadata[Name] is not JsonObject stamp) return mustBeThere ? "stale: its outputs carry no stamp. Run it with --in-place, which writes one." : null;
        if (stamp["code"]?.ToString() == HashOf(notebook)) return null;
        return $"stale: its code was changed after its outputs were made ({stamp["date"]}). Run it with --in-place.";
    }

    /// <summary>The stamp on one line.</summary>
    public static string Words(Notebook notebook) =>
        notebook.Metadata[Name] is not JsonObject stamp ? "no stamp" : string.Join(", ", stamp.Where(part => part.Key is not "code").Select(part => part.Value?.ToString()));

    private static JsonObject Made(string code)
    {
        var version = typeof(RunStamp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        var (number, commit) = version.Split('+', 2) is [var before, { Length: > CommitDigits } after] ? (before, after) : (version, "");
        return new JsonObject
        {
            ["code"] = code,
            ["commit"] = commit.Length > 0 ? commit[..CommitDigits] + (commit.EndsWith(Changed, StringComparison.Ordinal) ? Changed : "") : "unknown",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["engine"] = $"FaLW.Kernel {number}, .NET {Environment.Version.ToString(2)}",
            ["machine"] = Machine(),
        };
    }

    // The kind and not the name: what decides how sums are rounded.
    private static string Machine()
    {
        var steps = Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : "basic";
        var capability = Environment.GetEnvironmentVariable("ATEN_CPU_CAPABILITY") is { Length: > 0 } set ? set : steps;
        var threads = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 } asked ? asked : "not set";
        var hasGpu = File.Exists("/dev/nvidiactl") && Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is not ("" or "-1");
        return $"{RuntimeInformation.RuntimeIdentifier} {capability}, threads {threads}, {(hasGpu ? "GPU" : "no GPU")}";
    }

    private static string HashOf(Notebook notebook) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', notebook.CodeCells.Select(cell => cell.Source)))))[..HashDigits];

    private static string Outputs(Notebook notebook) => PlainJson.Write(new JsonArray([.. notebook.CodeCells.Select(cell => cell.Outputs.DeepClone())]), indented: false);
}
