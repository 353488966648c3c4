using System.Xml.Linq;
using MultiCluster.Objects;
using MultiCluster.ViewFiles;

// ViewFiles <folder>: writes the views of all classes that declare columns into that folder.
try
{
    // PowerShell reads the files at each import: without blanks between the elements in less time.
    var shown = typeof(KubeObject).Assembly.GetTypes()
        .Where(ShownType.HasViews)
        .Select(static type => new ShownType(type))
        .OrderBy(static type => type.FullName, StringComparer.Ordinal)
        .ToList();
    FormatFile.Of(shown).Save(Path.Combine(args[0], "MultiCluster.Views.Format.ps1xml"), SaveOptions.DisableFormatting);
    var rows = typeof(KubeObject).Assembly.GetExportedTypes().Where(FirstColumns.IsOf).OrderBy(static type => type.FullName, StringComparer.Ordinal);
    TypesFile.Of(shown, rows).Save(Path.Combine(args[0], "MultiCluster.Views.Types.ps1xml"), SaveOptions.DisableFormatting);
    return 0;
}
catch (DeclarationException error)
{
    // In the form that MSBuild shows as an error of its own.
    Console.Error.WriteLine($"ViewFiles : error : {error.Message}");
    return 1;
}
