package org.jkasan.mm;

/** Room in front of a node's fields, so that no two nodes' fields share a cache line. */
abstract class VmapNodeFields {

    long room0;
    long room1;
    long room2;
    long room3;
    long room4;
    long room5;
    long room6;
    long room7;
    long room8;
    long room9;
    long room10;
    long room11;
    long room12;
    long room13;
    long room14;
    long room15;
}
