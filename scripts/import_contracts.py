"""A contract for import-linter: no module imports itself in a circle.

Imports within functions and those for annotations only (TYPE_CHECKING) count, since they are how circles are hidden.
A package's `__init__` counts for what it imports, not for being above its modules.
"""

from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCircles(Contract):
    type_name = "no_circles"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
        try:
            TopologicalSorter(imports).prepare()
        except CycleError as error:
            return ContractCheck(kept=False, metadata={"circle": error.args[1]})
        return ContractCheck(kept=True, metadata={})

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error(" imports ".join(reversed(check.metadata["circle"])))
