using FaLW.Cli;

namespace FaLW.Tests.Cli;

/// <summary>
/// <c>falw run --on slurm</c>, <c>falw task</c> and <c>falw status</c> without SLURM: the plan and the scripts, what is asked of sbatch, what is read out of its
/// answers. The commands of SLURM here are scripts that say what they are told to. The real ones: tests/Campaigns/slurm.
/// </summary>
public sealed class SweepTests : InFolder
{
    private static readonly string[] Study = ["run", "main", "--scale", "smoke", "--seeds", "2", "--device", "cpu"];

    public SweepTests()
    {
        Directory.CreateDirectory(home["bin"]);
        File.CreateSymbolicLink(home["bin/dotnet"], Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists));
    }

    [Fact]
    public void A_dry_run_writes_scripts_that_can_be_read_and_submits_nothing()
    {
        var (code, output, error) = Run([.. Study, "--on", "slurm", "--dry-run", "--partition", "gpu", "--gres", "license:1", "--time", "4:00:00", "--max-parallel", "4", "--bundle", "2", "--out", home["it's here"]]);
        Assert.True(code == 0, error);
        Snapshot.Match(Plain(output), "commands");
        Snapshot.Match(Plain(File.ReadAllText(home["it's here/slurm/1/unlearned.sh"])), "unlearned");
        Snapshot.Match(Plain(File.ReadAllText(home["it's here/slurm/1/report.sh"])), "report");
        Assert.False(Directory.Exists(home["cache/original"]));
    }

    [Fact]
    public void A_sweep_is_submitted_in_its_order_and_not_twice()
    {
        Command("squeue", "");
        Command("sbatch", $"echo \"$@\" >> {home["asked"]}; n=0; while read -r line; do n=$((n + 1)); done < {home["asked"]}; echo $((40 + n))';cluster'");
        var (code, output, error) = Run([.. Study, "--on", "slurm", "--out", home["out"]]);
        Assert.True(code == 0, error);
        var scripts = home["out/slurm/1"];
        Assert.Equal(
            [
                $"--parsable {scripts}/original.sh", $"--parsable {scripts}/retrain.sh",
                $"--parsable --kill-on-invalid-dep=yes --dependency=afterok:41:42 {scripts}/unlearned.sh", $"--parsable --kill-on-invalid-dep=yes --dependency=afterany:43 {scripts}/report.sh",
            ], File.ReadAllLines(home["asked"]));
        Assert.Contains("Submitted: unlearned, job 43, 10 tasks for 12 experiments", output, StringComparison.Ordinal);

        var name = File.ReadLines($"{scripts}/retrain.sh").First(line => line.StartsWith("#SBATCH --job-name=", StringComparison.Ordinal)).Split('=')[1];
        Command("squeue", $"echo '42|{name}'; echo '7|somebody-else'");
        var again = Run([.. Study, "--on", "slurm", "--out", home["another"]]);
        Assert.Equal(1, again.Code);
        Assert.Contains("Study main is submitted already: job 42.", again.Error, StringComparison.Ordinal);
        Assert.Contains("scancel 42", again.Error, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadLines(home["asked"]).Count());
    }

    [Fact]
    public void What_is_refused_halfway_is_taken_back()
    {
        Command("squeue", "");
        Command("sbatch", "case \"$*\" in *retrain*) echo 'sbatch: error: invalid partition specified: nope' >&2; exit 1;; *) echo 41;; esac");
        Command("scancel", $"echo \"$@\" > {home["cancelled"]}");
        var (code, _, error) = Run([.. Study, "--on", "slurm", "--out", home["out"]]);
        Assert.Equal(1, code);
        Assert.Equal("41", File.ReadAllText(home["cancelled"]).Trim());
        Assert.Contains("invalid partition specified: nope. 'sinfo -s' lists the partitions", error, StringComparison.Ordinal);
        Assert.Contains("No sweep was submitted from", Run(["status", home["out"]]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_names_what_is_kept_and_the_experiment_and_log_of_what_failed()
    {
        Command("squeue", "");
        Command("sbatch", "case \"$*\" in *original*) echo 41;; *retrain*) echo 42;; *unlearned*) echo 43;; *) echo 44;; esac");
        Assert.Equal(0, Run([.. Study, "--on", "slurm", "--out", home["out"]]).Code);
        var made = Run(["task", home["out/slurm/1"], "original", "1"]);
        Assert.True(made.Code == 0, made.Error);
        File.WriteAllText(home["out/slurm/1/logs/original-2.log"], "[1/1] Original, seed 1: started\nslurmstepd: error: *** JOB 45 CANCELLED DUE TO TIME LIMIT ***\n");
        const string Waiting = "for i in 1 2 3 4 5 6 7 8 9 10; do echo \"43|$i|PENDING||0:00|Dependency\"; done; echo '44|N/A|PENDING||0:00|Dependency'";
        Command("squeue", $"echo '41|2|TIMEOUT|n1|1:00|TimeLimit'; echo '42|1|RUNNING|n2|0:07|None'; echo '42|2|PENDING||0:00|Resources'; echo '42|4|FAILED|n3|0:00|NonZeroExitCode'; {Waiting}");
        var plain = Run(["status", home["out"]]);
        Assert.Equal(1, plain.Code);
        Snapshot.Match(Plain(plain.Output), "squeue");

        // Where accounts are kept, they answer for what squeue has forgotten.
        Command("squeue", "echo '42|1|RUNNING|n2|0:07|None'");
        Command("sacct", "echo '41_1|COMPLETED|n1|00:00:09'; echo '41_2|TIMEOUT|n1|00:01:00'; echo '42_1|RUNNING|n2|00:00:06'; echo '42_2|CANCELLED by 0|n1|00:00:00'; echo '43_[1-8,10%2]|CANCELLED||00:00:00'; echo '43_9|OUT_OF_MEMORY|n2|00:03:00'; echo '44|FAILED|n1|00:00:02'");
        Snapshot.Match(Plain(Run(["status", home["out"]]).Output), "sacct");

        Command("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1");
        var without = Run(["status", home["out"]]);
        Assert.Equal(1, without.Code);
        Assert.Contains("'scontrol ping'", without.Error, StringComparison.Ordinal);
        Assert.Contains("original   job 41: 1 of 2 kept\n", without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_on_another_ground_or_with_another_cache_is_a_sentence()
    {
        Assert.Equal(0, Run([.. Study, "--on", "slurm", "--dry-run", "--out", home["out"]]).Code);
        File.Create(home["out/slurm/ground-cuda-libtorch-1"]).Dispose();
        Assert.Contains("the sweep began on cuda-libtorch-1", Run(["task", home["out/slurm/1"], "retrain", "1"]).Error, StringComparison.Ordinal);
        Assert.Contains("no task 5 of retrain; it has original 1 to 2, retrain 1 to 4, unlearned 1 to 10", Run(["task", home["out/slurm/1"], "retrain", "5"]).Error, StringComparison.Ordinal);
        Directory.Delete(home["cache/sweeps"], recursive: true);
        Assert.Contains("the folder is not shared", Run(["task", home["out/slurm/1"], "retrain", "1"]).Error, StringComparison.Ordinal);
        Assert.Contains("its folder is not shared with this one", Run(["task", home["nowhere"], "retrain", "1"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_SLURM_is_not_there_the_sentence_says_what_to_do()
    {
        var (code, _, error) = Run([.. Study, "--on", "slurm", "--out", home["out"]]);
        Assert.Equal(1, code);
        Assert.Equal("There is no squeue on this machine. Run this where SLURM's commands are, as a rule on a login node, or use --dry-run, which only writes the scripts.", error.Trim());
        Assert.False(Directory.Exists(home["out/slurm"]));
    }

    // What SLURM 22.05 says.
    [Theory]
    [InlineData("sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)", "'scontrol ping'")]
    [InlineData("sbatch: error: Munge encode failed: Failed to access \"/run/munge.socket\": No such file or directory (Did you start munged?)", "munge -n | unmunge")]
    [InlineData("sbatch: error: Batch job submission failed: Protocol authentication error", "the same key")]
    [InlineData("sbatch: error: invalid partition specified: nope", "sinfo -s")]
    [InlineData("sbatch: error: Invalid generic resource (gres) specification", "--gres")]
    [InlineData("sbatch: error: Invalid --time specification", "H:MM:SS")]
    [InlineData("sbatch: error: Batch job submission failed: Invalid job array specification", "--bundle")]
    [InlineData("sbatch: error: Batch job submission failed: Requested node configuration is not available", "--cpus-per-task")]
    [InlineData("sbatch: fatal: Could not establish a configuration source", "belongs to no cluster")]
    [InlineData("sbatch: error: something new", "run the same command again")]
    public void Each_refusal_of_SLURM_has_a_remedy(string said, string remedy) => Assert.Contains(remedy, Slurm.Remedy(said), StringComparison.Ordinal);

    [Theory]
    [InlineData("run main --partition gpu", "--partition says something of SLURM; add --on slurm")]
    [InlineData("run main --on slurm --gres gpu:1", "the kit is built for the processor")]
    [InlineData("run main --on slurm --fresh", "does not go with --fresh")]
    [InlineData("run main --on slurm --processes 2", "does not go with --on slurm")]
    [InlineData("run figure1 --on slurm", "computes nothing")]
    [InlineData("run audits --on slurm", "is an ensemble; run it in a job of its own")]
    [InlineData("run main --on slurm --time 1'", "--time must be one word")]
    public async Task What_cannot_be_meant_is_a_sentence_and_nothing_is_written(string typed, string sentence)
    {
        Assert.SkipWhen(File.Exists(Path.Combine(AppContext.BaseDirectory, "libtorch_cuda.so")) && typed.Contains("gpu:1", StringComparison.Ordinal), "This build is for a GPU.");
        await Typed.Refused($"{typed} --out {home["out"]}", 1, sentence);
        Assert.False(Directory.Exists(home["out"]));
    }

    [Fact]
    public void A_template_that_lacks_a_place_or_has_another_is_a_sentence()
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "n", ["command"] = "c" };
        string Fault(string text)
        {
            File.WriteAllText(home["template"], text);
            return Assert.Throws<FaLW.Data.Fault>(() => SweepFolder.Filled(home["template"], places)).Message;
        }
        Assert.Contains("has no {{command}}", Fault("{{name}}"), StringComparison.Ordinal);
        Assert.Contains("has {{comand}}", Fault("{{name}} {{command}} {{comand}}"), StringComparison.Ordinal);
        File.WriteAllText(home["template"], "{{name}}: {{command}} ${ours} {{name}}");
        Assert.Equal("n: c ${ours} n", SweepFolder.Filled(home["template"], places));
    }

    private void Command(string name, string script)
    {
        File.WriteAllText(home[$"bin/{name}"], $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(home[$"bin/{name}"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    // No command is found but those of the test.
    private (int Code, string Output, string Error) Run(string[] arguments)
    {
        var (code, output, lines) = Falw.Run(home, ["/usr/bin/env", "-u", "FALW_DATA", $"PATH={home["bin"]}"], arguments);
        return (code, output, string.Join('\n', lines));
    }

    private string Plain(string text) => Regex.Replace(
        text.Replace(home.Path.Replace("'", "'\\''", StringComparison.Ordinal), "HOME", StringComparison.Ordinal).Replace(Repository.Root, "REPOSITORY", StringComparison.Ordinal)
            .Replace("Torch=cuda", "Torch=cpu", StringComparison.Ordinal),
        @"smoke-[0-9a-f]{4}", "smoke-0000", RegexOptions.None, TimeSpan.FromMinutes(1));
}
