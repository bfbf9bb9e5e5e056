/**
 * One short function for each title that a report can have, each of which would pass a hurried
 * review; the line that goes wrong ends in a comment with the stop's name.
 */
package org.jkasan.samples.slabtour;
