using FaLW.Data;

namespace FaLW.Cli;

/// <summary>Image sets that a job wants and this machine lacks, fetched before the job where that was asked for. A job never fails because a set did not come.</summary>
internal static class Fetching
{
    /// <summary>Fetches what is missing and says so: from where, how much, how long, and what happens without it.</summary>
    /// <param name="wanted">Image sets the job is meant for.</param>
    /// <param name="shelf">Where they are looked for, and fetched into.</param>
    /// <param name="terminal">Where it is said.</param>
    /// <param name="cancellation">Stops at once; the next attempt goes on from there.</param>
    public static async Task Missing(IEnumerable<Benchmark> wanted, DataShelf shelf, Terminal terminal, CancellationToken cancellation)
    {
        foreach (var set in wanted.Distinct().Where(set => shelf.Find(set) is null))
        {
            if (ImageForms.Offered(set) is not { } form) continue;
            terminal.Error.WriteLine(Announcement(set, form, shelf));
            try
            {
                await FetchView.Over(terminal, listener => shelf.Fetch(set, listener, cancellation));
                terminal.Error.WriteLine($"{set.Name} is in {shelf.FetchInto}; size and checksum hold.");
            }
            catch (Fault fault)
            {
                terminal.Error.WriteLine($"{fault.Message} The job goes on without {set.Name}.");
            }
        }
    }

    private static string Announcement(Benchmark set, ImageForm form, DataShelf shelf)
    {
        var megabytes = form.Files.Sum(file => file.Size) / 1e6;
        return FormattableString.Invariant(
            $"{set.Name} is not on this machine. It is fetched from {new Uri(form.Files[0].Url!).Host} into {shelf.FetchInto}: {megabytes:0} MB ({megabytes / 1.048576:0} MiB), about {Math.Ceiling(megabytes * 8 / 20 / 60):0} min at 20 Mbit/s. Stop it whenever you like: it goes on where it stopped.");
    }
}
