// Console, current folder and the running cell belong to the process, so tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
