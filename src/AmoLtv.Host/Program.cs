using System.CommandLine;
using AmoLtv.Host.Analytics;
using AmoLtv.Host.CommandLine;
using AmoLtv.Host.CommandLine.Doctor;
using AmoLtv.Host.Database;
using AmoLtv.Host.Exchanges;
using AmoLtv.Host.Exporting;
using AmoLtv.Host.Installing;
using AmoLtv.Host.Notices;
using AmoLtv.Host.Running;
using AmoLtv.Host.Scheduling;
using AmoLtv.Host.Settings;
using AmoLtv.Host.Syncing;
using AmoLtv.Host.Tasks;
using AmoLtv.Host.Valuing;
using AmoLtv.Host.WritingBack;

var amoltv = new RootCommand("AmoLtv: customer lifetime value for amoCRM and Kommo.")
{
    ServeCommand.Create(),
    MigrateCommand.Create(),
    HealthCommand.Create(),
    DoctorCommand.Create(),
    KeysCommand.Create(),
    AccountsCommand.Create(),
    SettingsCommand.Create(),
    ExclusionsCommand.Create(),
    SyncCommand.Create(),
    RecalculateCommand.Create(),
    WriteBackCommand.Create(),
    UndoCommand.Create(),
    TasksCommand.Create(),
    NoticesCommand.Create(),
    AnalyseCommand.Create(),
    RunCommand.Create(),
    VerifyCommand.Create(),
    ExchangesCommand.Create(),
    ExportCommand.Create(),
    EraseCommand.Create(),
    EvaluateCommand.Create(),
};

DamagedProcess.EndWhenFound();

// A cancelled run needs a moment to say so in its row.
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await Failures.ReportAsync(() => amoltv.Parse(args).InvokeAsync(invocation));
