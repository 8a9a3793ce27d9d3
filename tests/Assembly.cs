// libtorch's thread count and random state belong to the process, so tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
