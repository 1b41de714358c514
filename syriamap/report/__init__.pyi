from .bundle import (
    ReportOptions as ReportOptions,
    check_report as check_report,
    write_report as write_report,
)
