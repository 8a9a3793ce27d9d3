namespace FaLW.Tests.Experiments;

/// <summary>A lab may be asked for one job after the other, and each is judged by its own time.</summary>
public sealed class RemainingTimeTests
{
    private readonly Hand clock = new();

    [Fact]
    public void The_time_of_an_earlier_job_is_not_counted()
    {
        var remaining = new RemainingTime(clock);
        Hear(LabEvent.Started, stage: 1);
        clock.Seconds = 600;
        Assert.Equal("10 min 0 s", remaining.OfJob(Hear(LabEvent.Finished, stage: 1, done: 1, left: 1)));
        Hear(LabEvent.Reused, stage: 1, done: 0, left: 2);
        Hear(LabEvent.Started, stage: 2, done: 0, left: 2);
        clock.Seconds += 3;
        var news = Hear(LabEvent.Advanced, stage: 2, done: 0.5, left: 1.5, fraction: 0.25);
        Assert.Equal(("9 s", "9 s"), (remaining.OfStage(news), remaining.OfJob(news)));

        LabProgress Hear(LabEvent what, int stage, double done = 0, double left = 2, double fraction = 0)
        {
            var piece = new LabProgress(what, "FT") { Stage = stage, Stages = 2, WorkDone = done, WorkLeft = left, Fraction = fraction };
            remaining.Hear(piece);
            return piece;
        }
    }

    private sealed class Hand : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
