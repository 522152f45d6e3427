/* What the files of mission.h share among themselves. */
#ifndef TRUCE_CLI_MISSION_PRIVATE_H
#define TRUCE_CLI_MISSION_PRIVATE_H

#include "cli/mission.h"

/* The outlines of lines and zones, and the names of those that have none, in the mission's
 * arena. */
enum status mission_shapes(struct mission *m, struct view_parts *out);

#endif
