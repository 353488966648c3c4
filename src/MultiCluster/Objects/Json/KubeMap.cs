using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MultiCluster.Objects.Json;
