"""What a hostile world may do: mutated captures and command lines, bombs, full disks, other writers, wrong clocks."""
