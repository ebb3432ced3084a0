// Values in, values out: fixtures share nothing that changes.
[assembly: Parallelizable(ParallelScope.Fixtures)]
