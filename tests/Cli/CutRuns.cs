namespace FaLW.Tests.Cli;

/// <summary>
/// Runs that are cut. Each process is stopped in the stage after the one before it got to, on one cache, until one gets
/// through; an uncut run in a home of its own says what must come out.
/// </summary>
[Collection(nameof(UncutRun))]
public sealed class CutRuns(UncutRun uncut)
{
    [Fact]
    public void Killed_in_every_kind_of_stage_it_still_ends_with_the_same_numbers() => Cut((falw, _) => falw.Kill());

    [Fact]
    public void Interrupted_in_every_kind_of_stage_it_says_how_to_go_on() => Cut((falw, stage) =>
    {
        falw.Interrupt();
        var (code, _) = falw.End();
        // The signal may come after the very last stage has ended; then there is nothing left to interrupt.
        if (code == 0 && falw.Lines[^1].Contains(": done", StringComparison.Ordinal)) return;
        Assert.True(code == 130, $"Interrupted in {stage} it returned {code}:\n{string.Join('\n', falw.Lines)}");
        Assert.Contains("the same command goes on from there", falw.Lines[^1], StringComparison.Ordinal);
    });

    // Every model, and the first and the last of the scorings, which are all alike.
    private IEnumerable<string> Places()
    {
        var scores = uncut.Stages.Where(stage => stage.StartsWith("Scores", StringComparison.Ordinal)).ToList();
        return uncut.Stages.Except(scores[1..^1], StringComparer.Ordinal);
    }

    private void Cut(Action<Falw, string> stop)
    {
        using var home = new TemporaryFolder();
        List<string> done = [];
        foreach (var stage in Places())
        {
            using var falw = Smoke.Start(home);
            // A process may get a little further before the signal arrives; then a later one finds this stage kept.
            var state = falw.ReadTo($"] {stage}: ");
            if (state.EndsWith("started", StringComparison.Ordinal)) stop(falw, stage);
            else falw.Kill();
            done.AddRange(Smoke.Stages(falw.Lines, "done"));
        }

        done.AddRange(Smoke.Stages(Smoke.Finish(home), "done"));
        Assert.Empty(done.GroupBy(stage => stage, StringComparer.Ordinal).Where(stage => stage.Count() > 1).Select(stage => stage.Key));
        Assert.Equal(uncut.Numbers, Smoke.Numbers(home["state"]));
    }
}
