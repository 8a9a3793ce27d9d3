namespace FaLW.Tests.Experiments;

/// <summary>What another engine, device or number of threads computed is never taken for one's own in silence.</summary>
public sealed class GroundTests : InLab
{
    private static readonly Provenance Here = new("kit", "2.10.0", "cpu", "a processor", 1, "a system", ".NET", "2026-01-01T00:00:00Z");

    [Fact]
    public void A_ground_is_engine_device_and_on_a_processor_threads()
    {
        Assert.Equal("cpu-1-thread-libtorch-2.10.0", Here.Footing);
        Assert.Equal("cpu-2-threads-libtorch-2.10.0", (Here with { Threads = 2 }).Footing);
        Assert.Equal("cuda-libtorch-2.10.0", (Here with { Device = "cuda", Threads = 8 }).Footing);
        Assert.Equal(Here.Footing, (Here with { Kit = "other", Processor = "other", System = "other", When = "other", SplitsHash = "other" }).Footing);
        Assert.Equal("cpu-1-thread-libtorch-a_b_c", (Here with { Libtorch = "a-b/c" }).Footing);
    }

    [Fact]
    public void Stages_of_another_number_of_threads_are_computed_anew_and_told_in_one_line()
    {
        Run(threads: 1);
        Assert.Equal((8, 0, 0), Counts());
        Run(threads: 2);
        Assert.Equal((8, 0, 1), Counts());
        var said = news.Single(n => n.Event == LabEvent.Notice).Text;
        Assert.All(["8 of 8 stages", "cpu 1 thread libtorch", "cpu 2 threads libtorch", "computed anew", "--any-ground"], part => Assert.Contains(part, said, StringComparison.Ordinal));
        Run(threads: 1);
        Assert.Equal((0, 8, 0), Counts());
        Run(threads: 2);
        Assert.Equal((0, 8, 0), Counts());
    }

    [Fact]
    public void A_process_held_to_fewer_instructions_keeps_its_entries_apart()
    {
        static string? Held(string name) => name switch { "ONEDNN_MAX_CPU_ISA" => "AVX2", "ATEN_CPU_CAPABILITY" => "default", _ => null };
        Assert.Equal("-held-to-avx2-default", Machine.HeldTo(CPU, Held));
        Assert.Equal("", Machine.HeldTo(CPU, _ => null));
    }

    [Fact]
    public void With_AnyGround_they_are_taken_and_the_line_says_so()
    {
        var first = Run(threads: 1);
        Assert.Equal(first, Run(threads: 2, anyGround: true));
        Assert.Equal((0, 8, 1), Counts());
        Assert.Contains("AnyGround was asked for", news.Single(n => n.Event == LabEvent.Notice).Text, StringComparison.Ordinal);
        Run(threads: 2);
        Assert.Equal((8, 0, 1), Counts());
    }

    /// <summary>The lock is per open file, so threads stand for processes.</summary>
    [Fact]
    public async Task Two_makers_on_two_grounds_make_one_entry_each_at_the_same_time()
    {
        var stage = Stage.Original(Protocol.Cifar100);
        using var both = new Barrier(2);
        Task<CacheEntry> Make(string footing) => Task.Run(() => new ExperimentCache(home.Path) { Footing = footing }.Get(stage, folder =>
        {
            both.SignalAndWait(TestContext.Current.CancellationToken);
            File.WriteAllText(Path.Combine(folder, "model"), footing);
            both.SignalAndWait(TestContext.Current.CancellationToken);
            return new Made(1, Here);
        }));
        CacheEntry[] made = await Task.WhenAll(Make("cpu-1"), Make("cpu-1-2"));
        Assert.Equal(["cpu-1", "cpu-1-2"], made.Select(entry => File.ReadAllText(entry.File("model"))));
        Assert.All(made, entry => Assert.False(entry.Reused));
        foreach (var footing in new[] { "cpu-1", "cpu-1-2" })
        {
            var again = new ExperimentCache(home.Path) { Footing = footing }.Get(stage, _ => throw new InvalidOperationException("it is there"));
            Assert.Equal(footing, File.ReadAllText(again.File("model")));
        }
    }

    [Fact]
    public void A_damaged_entry_of_another_ground_is_not_taken_and_left_to_its_owners()
    {
        var stage = Stage.Original(Protocol.Cifar100);
        CacheEntry Get(string footing) => new ExperimentCache(home.Path) { Footing = footing, AnyGround = true }.Get(stage, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "model"), footing);
            return new Made(1, Here);
        });
        var theirs = Get("cpu-1");
        File.AppendAllText(theirs.File("model"), "damage");
        Assert.Equal("cpu-2", File.ReadAllText(Get("cpu-2").File("model")));
        Assert.True(Directory.Exists(theirs.Folder));
    }

    [Fact]
    public void A_table_names_the_grounds_of_its_rows_where_there_are_two()
    {
        var (one, other) = (SampleResult.Of(Protocol.FaLW), SampleResult.Of(new Method(new RandomLabel(), new UniformWeighting())));
        Assert.Equal("", Grounds.Of([one, other]));
        var moved = other with { Provenance = other.Provenance with { Threads = other.Provenance.Threads + 1 } };
        var note = ResultsTable.Of([one, moved]).Note;
        Assert.Contains("Rows computed on two grounds", note, StringComparison.Ordinal);
        Assert.Contains($"{moved.Provenance.Ground}: RL.", note, StringComparison.Ordinal);
    }

    private (int Made, int Kept, int Said) Counts() =>
        (news.Count(n => n.Event == LabEvent.Finished), news.Count(n => n.Event == LabEvent.Reused), news.Count(n => n.Event == LabEvent.Notice));

    private RunResult Run(int threads, bool anyGround = false)
    {
        news.Clear();
        using var lab = Lab.Open(Scale.Paper, Settings with { Threads = threads, AnyGround = anyGround });
        return lab.Run(FourClasses)[0];
    }
}
