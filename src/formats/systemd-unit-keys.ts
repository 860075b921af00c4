/**
 * The names of the settings that systemd knows, by section, and how the values of some are read.
 * Recorded: `systemd --dump-configuration-items`, and the settings that came until systemd 255.
 */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const UNIT_KEYS = words(`
  Description Documentation SourcePath Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before After
  OnSuccess OnFailure PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom
  PropagatesStopTo StopPropagatedFrom PartOf JoinsNamespaceOf RequiresOverridable RequisiteOverridable
  RequiresMountsFor StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies
  OnSuccessJobMode OnFailureJobMode OnFailureIsolate IgnoreOnIsolate JobTimeoutSec JobRunningTimeoutSec
  JobTimeoutAction JobTimeoutRebootArgument StartLimitIntervalSec StartLimitInterval StartLimitBurst
  StartLimitAction FailureAction SuccessAction FailureActionExitStatus SuccessActionExitStatus RebootArgument
  CollectMode SurviveFinalKillSignal
`);

/** Each as Condition… and as Assert…. */
export const CONDITIONS = words(`
  PathExists PathExistsGlob PathIsDirectory PathIsSymbolicLink PathIsMountPoint PathIsReadWrite
  PathIsEncrypted DirectoryNotEmpty FileNotEmpty FileIsExecutable NeedsUpdate FirstBoot Architecture Firmware
  Virtualization Host KernelCommandLine KernelVersion Credential Security Capability ACPower Memory CPUFeature
  CPUs Environment User Group ControlGroupController OSRelease MemoryPressure CPUPressure IOPressure
`);

export const INSTALL_KEYS = words(`
  Alias WantedBy RequiredBy Also DefaultInstance
`);

/** Control groups: sections of all units that have one. */
export const GROUP_KEYS = words(`
  Slice AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes CPUAccounting CPUWeight
  StartupCPUWeight CPUShares StartupCPUShares CPUQuota CPUQuotaPeriodSec MemoryAccounting MemoryMin
  DefaultMemoryMin DefaultMemoryLow MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryLimit DeviceAllow
  DevicePolicy IOAccounting IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax IOWriteBandwidthMax
  IOReadIOPSMax IOWriteIOPSMax IODeviceLatencyTargetSec BlockIOAccounting BlockIOWeight StartupBlockIOWeight
  BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth TasksAccounting TasksMax Delegate
  DisableControllers IPAccounting IPAddressAllow IPAddressDeny IPIngressFilterPath IPEgressFilterPath
  ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit ManagedOOMPreference BPFProgram
  SocketBindAllow SocketBindDeny RestrictNetworkInterfaces MemoryZSwapMax MemoryPressureWatch
  MemoryPressureThresholdSec DelegateSubgroup NFTSet StartupMemoryLow StartupMemoryHigh StartupMemoryMax
  StartupMemorySwapMax StartupMemoryZSwapMax DefaultStartupMemoryLow CoredumpReceive
`);

/** What is executed and how it is ended: services, sockets, mounts and swap areas. */
export const EXEC_KEYS = words(`
  TimeoutSec WorkingDirectory RootDirectory RootImage RootImageOptions RootHash RootHashSignature RootVerity
  ExtensionDirectories ExtensionImages MountImages User Group SupplementaryGroups Nice OOMScoreAdjust
  CoredumpFilter IOSchedulingClass IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority
  CPUSchedulingResetOnFork CPUAffinity NUMAPolicy NUMAMask UMask Environment EnvironmentFile PassEnvironment
  UnsetEnvironment DynamicUser RemoveIPC StandardInput StandardOutput StandardError StandardInputText
  StandardInputData TTYPath TTYReset TTYVHangup TTYVTDisallocate TTYRows TTYColumns SyslogIdentifier
  SyslogFacility SyslogLevel SyslogLevelPrefix LogLevelMax LogRateLimitIntervalSec LogRateLimitBurst
  LogExtraFields SecureBits CapabilityBoundingSet AmbientCapabilities TimerSlackNSec NoNewPrivileges
  KeyringMode ProtectProc ProcSubset SystemCallFilter SystemCallArchitectures SystemCallErrorNumber
  SystemCallLog MemoryDenyWriteExecute RestrictNamespaces RestrictRealtime RestrictSUIDSGID
  RestrictAddressFamilies LockPersonality RestrictFileSystems LimitCPU LimitFSIZE LimitDATA LimitSTACK
  LimitCORE LimitRSS LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK LimitLOCKS LimitSIGPENDING LimitMSGQUEUE
  LimitNICE LimitRTPRIO LimitRTTIME ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories
  ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths ExecSearchPath BindPaths
  BindReadOnlyPaths TemporaryFileSystem PrivateTmp PrivateDevices ProtectKernelTunables ProtectKernelModules
  ProtectKernelLogs ProtectClock ProtectControlGroups NetworkNamespacePath IPCNamespacePath LogNamespace
  PrivateNetwork PrivateUsers PrivateMounts PrivateIPC ProtectSystem ProtectHome MountFlags MountAPIVFS
  Personality RuntimeDirectoryPreserve RuntimeDirectoryMode RuntimeDirectory StateDirectoryMode StateDirectory
  CacheDirectoryMode CacheDirectory LogsDirectoryMode LogsDirectory ConfigurationDirectoryMode
  ConfigurationDirectory SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted
  TimeoutCleanSec PAMName IgnoreSIGPIPE UtmpIdentifier UtmpMode SELinuxContext AppArmorProfile
  SmackProcessLabel ProtectHostname SendSIGKILL SendSIGHUP KillMode KillSignal RestartKillSignal
  FinalKillSignal WatchdogSignal ImportCredential RootEphemeral LogFilterPatterns SetLoginEnvironment
  MemoryKSM
`);

export const SERVICE_KEYS = words(`
  PIDFile ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost RestartSec
  TimeoutStartSec TimeoutStopSec TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxSec
  RuntimeRandomizedExtraSec WatchdogSec StartLimitInterval StartLimitBurst StartLimitAction FailureAction
  RebootArgument Type ExitType Restart PermissionsStartOnly RootDirectoryStartOnly RemainAfterExit
  GuessMainPID RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus NonBlocking BusName
  FileDescriptorStoreMax NotifyAccess Sockets USBFunctionDescriptors USBFunctionStrings OOMPolicy OpenFile
  RestartSteps RestartMaxDelaySec RestartMode FileDescriptorStorePreserve ReloadSignal
`);

export const SOCKET_KEYS = words(`
  ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue
  ListenUSBFunction SocketProtocol BindIPv6Only Backlog BindToDevice ExecStartPre ExecStartPost ExecStopPre
  ExecStopPost SocketUser SocketGroup SocketMode DirectoryMode Accept FlushPending Writable MaxConnections
  MaxConnectionsPerSource KeepAlive KeepAliveTimeSec KeepAliveIntervalSec KeepAliveProbes DeferAcceptSec
  NoDelay Priority ReceiveBuffer SendBuffer IPTOS IPTTL Mark PipeSize FreeBind Transparent Broadcast
  PassCredentials PassSecurity PassPacketInfo Timestamping TCPCongestion ReusePort MessageQueueMaxMessages
  MessageQueueMessageSize RemoveOnStop Symlinks FileDescriptorName Service TriggerLimitIntervalSec
  TriggerLimitBurst SmackLabel SmackLabelIPIn SmackLabelIPOut SELinuxContextFromNet PollLimitIntervalSec
  PollLimitBurst
`);

export const MOUNT_KEYS = words(`
  What Where Options Type DirectoryMode SloppyOptions LazyUnmount ForceUnmount ReadWriteOnly
`);

export const SWAP_KEYS = words(`
  What Priority Options
`);

export const SCOPE_KEYS = words(`
  SendSIGKILL SendSIGHUP KillMode KillSignal RestartKillSignal FinalKillSignal WatchdogSignal RuntimeMaxSec
  RuntimeRandomizedExtraSec TimeoutStopSec OOMPolicy
`);

export const TIMER_KEYS = words(`
  OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec OnClockChange
  OnTimezoneChange Persistent WakeSystem RemainAfterElapse FixedRandomDelay AccuracySec RandomizedDelaySec
  Unit
`);

export const PATH_KEYS = words(`
  PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty Unit MakeDirectory DirectoryMode
  TriggerLimitIntervalSec TriggerLimitBurst
`);

export const AUTOMOUNT_KEYS = words(`
  Where ExtraOptions DirectoryMode TimeoutIdleSec
`);

export const BOOLEANS = words(`
  Accept AllowIsolate BlockIOAccounting Broadcast CPUAccounting CPUSchedulingResetOnFork DefaultDependencies
  DynamicUser FixedRandomDelay FlushPending ForceUnmount FreeBind GuessMainPID IOAccounting IPAccounting
  IgnoreOnIsolate IgnoreSIGPIPE KeepAlive LazyUnmount LockPersonality MakeDirectory MemoryAccounting
  MemoryDenyWriteExecute NoDelay NoNewPrivileges NonBlocking OnClockChange OnFailureIsolate OnTimezoneChange
  PassCredentials PassPacketInfo PassSecurity PermissionsStartOnly Persistent PrivateDevices PrivateIPC
  PrivateMounts PrivateNetwork PrivateTmp PrivateUsers ProtectClock ProtectControlGroups ProtectHostname
  ProtectKernelLogs ProtectKernelModules ProtectKernelTunables ReadWriteOnly RefuseManualStart
  RefuseManualStop RemainAfterElapse RemainAfterExit RemoveIPC RemoveOnStop RestrictRealtime RestrictSUIDSGID
  ReusePort RootDirectoryStartOnly SELinuxContextFromNet SendSIGHUP SendSIGKILL SloppyOptions StopWhenUnneeded
  SyslogLevelPrefix TTYReset TTYVHangup TTYVTDisallocate TasksAccounting Transparent WakeSystem Writable
`);

export const SPANS = words(`
  AccuracySec DeferAcceptSec KeepAliveIntervalSec KeepAliveTimeSec LogRateLimitIntervalSec RandomizedDelaySec
  RestartSec RuntimeMaxSec RuntimeRandomizedExtraSec StartLimitInterval StartLimitIntervalSec TimeoutCleanSec
   TriggerLimitIntervalSec WatchdogSec
`);

export const COUNTS = words(`
  Backlog FileDescriptorStoreMax KeepAliveProbes LogRateLimitBurst MaxConnections MaxConnectionsPerSource
  StartLimitBurst TriggerLimitBurst
`);

export const SIGNAL_NAMES = words(`
  FinalKillSignal KillSignal RestartKillSignal WatchdogSignal
`);
