using System.CommandLine;
using System.Text.Json;
using FaLW.Data;
using FaLW.Experiments;
using FaLW.Studies;

namespace FaLW.Cli;

/// <summary><c>falw tune STUDY</c>: every method of a study with every value of one grid, on pilot seeds, and the value each method gets.</summary>
internal static class TuneCommand
{
    public static Command Create(Terminal terminal) => RunCommand.Create(
        terminal, new("tune", "Search each method's learning rate: the same grid for all, on pilot seeds, judged on unseen images. Goes on where it stopped, here or where its records are."),
        Options.StudyToSearch(), Options.Seeds(otherwise: Tuning.Pilots),
        "Write the runs as records into data/results/pilots of the repository, so that the search can go on elsewhere, and, once none is left, what was chosen into data/tuned; the study runs with it from the next build on.",
        isSearch: true);
}

/// <summary>Freezes the result of a search into the repository.</summary>
internal static class TuningFile
{
    public static void Write(Tuning tuning, Terminal terminal)
    {
        if (tuning.Seeds.Count < Tuning.Pilots)
            throw new Fault(FormattableString.Invariant($"A choice is frozen on {Tuning.Pilots} pilot seeds or more, since on fewer a value wins by chance, but this search ran on {tuning.Seeds.Count}; give --seeds {Tuning.Pilots}. What was computed is kept and counts."));
        var file = Path.Combine(Tuning.Folder, Tuning.NameOf(tuning.Study, tuning.Scale));
        ClosedPlace.Guard(
            () =>
            {
                Directory.CreateDirectory(Tuning.Folder);
                WholeFile.Write(file, JsonSerializer.Serialize(tuning, CanonicalJson.Readable) + "\n");
            },
            (reason, closed) => new Fault($"The choice cannot be written to {file}: {reason}. What was computed is kept: make the folder writable and run the same command again.", closed));
        terminal.Output.WriteLine($"Frozen: {file}; study {tuning.Study} runs with it from the next build on.");
    }
}
