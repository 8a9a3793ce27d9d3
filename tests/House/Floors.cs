namespace FaLW.Tests.House;

/// <summary>Rooms of lib/FaLW may use rooms on lower floors only, so no circle can exist.</summary>
public sealed partial class Floors
{
    private static readonly Dictionary<string, int> FloorOf = new(StringComparer.Ordinal)
    {
        ["TorchSharp"] = 0,
        ["Data"] = 1,
        ["Models"] = 1,
        ["Weighting"] = 1,
        ["Figures"] = 2,
        ["Training"] = 2,
        ["Metrics"] = 2,
        ["Unlearning"] = 3,
        ["Experiments"] = 4,
        ["Studies"] = 5,
        ["Plots"] = 6,
    };

    [Fact]
    public void Rooms_use_lower_floors_only()
    {
        var complaints = Repository.Sources("lib/FaLW").SelectMany(Complaints).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_known_room()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Repository.Root, "lib/FaLW")).Select(Path.GetFileName);
        Assert.All(rooms, room => Assert.Contains(room!, FloorOf.Keys));
    }

    [Fact]
    public void A_climb_is_noticed()
    {
        var climber = new SourceFile("lib/FaLW/Data/Climber.cs", ["using FaLW.Training;", "class Climber;"]);
        Assert.Equal(["lib/FaLW/Data/Climber.cs: Data (floor 1) must not use Training (floor 2)"], Complaints(climber));
    }

    [Fact]
    public void Figures_and_plots_do_not_know_tensors() => Assert.All(["Figures", "Plots"], room =>
    {
        var painter = new SourceFile($"lib/FaLW/{room}/Painter.cs", ["using TorchSharp;"]);
        Assert.Equal([$"lib/FaLW/{room}/Painter.cs: {room} must not use TorchSharp: results are plain numbers by then"], Complaints(painter));
    });

    private static IEnumerable<string> Complaints(SourceFile file)
    {
        var room = file.Path.Split('/')[2];
        var used = file.Lines.SelectMany(line => Rooms().Matches(line).Select(m => m.Groups["room"].Value)).Distinct(StringComparer.Ordinal);
        foreach (var other in used.Where(other => other != room && FloorOf.ContainsKey(other)))
            if (room is "Figures" or "Plots" && other == "TorchSharp")
                yield return $"{file.Path}: {room} must not use TorchSharp: results are plain numbers by then";
            else if (FloorOf[other] >= FloorOf[room])
                yield return $"{file.Path}: {room} (floor {FloorOf[room]}) must not use {other} (floor {FloorOf[other]})";
    }

    // Fully qualified names climb as well as usings do.
    [GeneratedRegex(@"^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?<room>TorchSharp)\b|\bFaLW\.(?<room>Data|Models|Weighting|Training|Metrics|Unlearning|Experiments|Studies|Figures|Plots)\b(?!.*cref)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Rooms();
}
