"""Stand-ins for the services that channels speak to: servers on this computer that know only the wire."""
