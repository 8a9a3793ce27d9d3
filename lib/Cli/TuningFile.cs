using System.Text.Json;
using FaLW.Data;
using FaLW.Experiments;

namespace FaLW.Cli;

/// <summary>Freezes the result of a search into the repository.</summary>
internal static class TuningFile
{
    public static void Write(Tuning tuning, Terminal terminal)
    {
        if (tuning.Seeds.Count < Tuning.Pilots)
            throw new Fault(FormattableString.Invariant($"A choice is frozen on {Tuning.Pilots} pilot seeds or more, since on fewer a value wins by chance, but this search ran on {tuning.Seeds.Count}; give --seeds {Tuning.Pilots}. What was computed is kept and counts."));
        var file = Path.Combine(Tuning.Folder, Tuning.NameOf(tuning.Study, tuning.Scale));
        try
        {
            Directory.CreateDirectory(Tuning.Folder);
            WholeFile.Write(file, JsonSerializer.Serialize(tuning, CanonicalJson.Readable) + "\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault($"The choice cannot be written to {file}: {fault.Message.TrimEnd('.')}. What was computed is kept: make the folder writable and run the same command again.", fault);
        }
        terminal.Output.WriteLine($"Frozen: {file}; study {tuning.Study} runs with it from the next build on.");
    }
}
