// Most tests wait: for the permitted rate, for a lease, for another process. Fixtures share nothing but the PostgreSQL server,
// in which each test has a database of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
