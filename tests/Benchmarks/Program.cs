using FaLW.Benchmarks;

// usage: FaLW.Benchmarks step NETWORK BATCH STEPS contiguous|channels_last float32|bfloat16 THREADS
//        FaLW.Benchmarks epochs ROUNDS THREADS
//        FaLW.Benchmarks training SEEDS THREADS
//        FaLW.Benchmarks memory SCALE WIDTH EPOCHS THREADS
//        FaLW.Benchmarks rolling SCALE ROUNDS THREADS
//        FaLW.Benchmarks profile ROUNDS THREADS
//        FaLW.Benchmarks peers FOLDER
//        FaLW.Benchmarks peers FOLDER RL|SalUn|FT|FaLW EPOCHS SEEDS [bfloat16] THREADS
//        FaLW.Benchmarks figures
//        FaLW.Benchmarks version
Action? work = args switch
{
    ["step", var network, var batch, var steps, var layout, var precision, _] =>
        () => Console.WriteLine(TrainStep.Median(network, Number(batch), Number(steps), layout, precision).ToString("F1", CultureInfo.InvariantCulture)),
    ["epochs", var rounds, _] => () => WholeEpochs.Print(Number(rounds)),
    ["training", var seeds, _] => () => WholeTraining.Print(Number(seeds)),
    ["memory", var scale, var width, var epochs, _] => () => WholeTraining.Memory(scale, Number(width), Number(epochs)),
    ["rolling", var scale, var rounds, var threads] => () => RollingProfile.Print(scale, Number(rounds), Number(threads)),
    ["profile", var rounds, _] => () => ProfilePass.Print(Number(rounds)),
    ["peers", var folder] => () => Peers.Prepare(folder),
    ["peers", var folder, var method, var epochs, var seeds, _] => () => Peers.Print(folder, method, Number(epochs), Number(seeds), isReduced: false),
    ["peers", var folder, var method, var epochs, var seeds, "bfloat16", _] => () => Peers.Print(folder, method, Number(epochs), Number(seeds), isReduced: true),
    ["version"] => () => Console.WriteLine(TorchSharp.torch.__version__),
    ["figures"] => FigureTimes.Print,
    _ => null,
};
if (work is null)
{
    Console.Error.WriteLine("Expected 'step NETWORK BATCH STEPS LAYOUT PRECISION THREADS', 'epochs ROUNDS THREADS', 'training SEEDS THREADS', 'rolling SCALE ROUNDS THREADS', 'profile ROUNDS THREADS', 'peers FOLDER [METHOD EPOCHS SEEDS [bfloat16] THREADS]', 'figures' or 'version'; run it through environment/benchmark.sh.");
    return 2;
}

// Where threads are said they are said last; a folder is no number.
if (args.Length > 2) set_num_threads(Number(args[^1]));
work();
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
