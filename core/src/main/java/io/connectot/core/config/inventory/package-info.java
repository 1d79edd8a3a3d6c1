// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The devices and tags of a connector, from their lines and files. */
package io.connectot.core.config.inventory;
