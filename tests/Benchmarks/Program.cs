using FaLW.Benchmarks;

// usage: FaLW.Benchmarks step NETWORK BATCH STEPS contiguous|channels_last float32|bfloat16 THREADS
//        FaLW.Benchmarks epochs ROUNDS THREADS
//        FaLW.Benchmarks training SEEDS THREADS
//        FaLW.Benchmarks memory SCALE WIDTH EPOCHS THREADS
//        FaLW.Benchmarks rolling SCALE ROUNDS THREADS
//        FaLW.Benchmarks profile ROUNDS THREADS
//        FaLW.Benchmarks peers FOLDER
//        FaLW.Benchmarks peers FOLDER RL|SalUn|FT|FaLW EPOCHS SEEDS THREADS
//        FaLW.Benchmarks figures
//        FaLW.Benchmarks version
switch (args)
{
    case ["step", var network, var batch, var steps, var layout, var precision, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        Console.WriteLine(TrainStep.Median(network, Number(batch), Number(steps), layout, precision).ToString("F1", CultureInfo.InvariantCulture));
        return 0;
    case ["epochs", var rounds, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        WholeEpochs.Print(Number(rounds));
        return 0;
    case ["training", var seeds, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        WholeTraining.Print(Number(seeds));
        return 0;
    case ["memory", var scale, var width, var epochs, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        WholeTraining.Memory(scale, Number(width), Number(epochs));
        return 0;
    case ["rolling", var scale, var rounds, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        RollingProfile.Print(scale, Number(rounds), Number(threads));
        return 0;
    case ["profile", var rounds, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        ProfilePass.Print(Number(rounds));
        return 0;
    case ["peers", var folder]:
        Peers.Prepare(folder);
        return 0;
    case ["peers", var folder, var method, var epochs, var seeds, var threads]:
        TorchSharp.torch.set_num_threads(Number(threads));
        Peers.Print(folder, method, Number(epochs), Number(seeds));
        return 0;
    case ["version"]:
        Console.WriteLine(TorchSharp.torch.__version__);
        return 0;
    case ["figures"]:
        FigureTimes.Print();
        return 0;
    default:
        Console.Error.WriteLine("Expected 'step NETWORK BATCH STEPS LAYOUT PRECISION THREADS', 'epochs ROUNDS THREADS', 'training SEEDS THREADS', 'rolling SCALE ROUNDS THREADS', 'profile ROUNDS THREADS', 'peers FOLDER [METHOD EPOCHS SEEDS THREADS]', 'figures' or 'version'; run it through environment/benchmark.sh.");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
